using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace IotMqtt.Hosting.Telemetry;

/// <summary>Exports over OTLP what the parts of IotMqtt measure and trace. Only <see cref="ProgramTelemetry"/> knows it: whoever touches it loads the packages.</summary>
internal sealed class OtlpExport : IDisposable
{
    private const string Ours = "IotMqtt.*";

    /// <summary>How long an end waits for what has not been sent yet: a collector that is away must not keep a run from ending.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    private OtlpExport(TracerProvider? traces, MeterProvider? metrics) => (_traces, _metrics) = (traces, metrics);

    /// <inheritdoc/>
    public void Dispose()
    {
        _traces?.Shutdown((int)Patience.TotalMilliseconds);
        _metrics?.Shutdown((int)Patience.TotalMilliseconds);
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    /// <summary>Begins to export.</summary>
    /// <param name="service">What the program is called; null: the environment says.</param>
    /// <param name="traces">Whether spans are.</param>
    /// <param name="metrics">Whether measurements are.</param>
    public static OtlpExport Start(string? service, bool traces, bool metrics)
    {
        return new(
            traces ? Sdk.CreateTracerProviderBuilder().ConfigureResource(Describe).AddSource(Ours).AddOtlpExporter().Build() : null,
            metrics ? Sdk.CreateMeterProviderBuilder().ConfigureResource(Describe).AddMeter(Ours, "System.Runtime").AddOtlpExporter().Build() : null);

        void Describe(ResourceBuilder resource)
        {
            if (service is not null)
            {
                resource.AddService(service, serviceVersion: typeof(OtlpExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]);
            }
        }
    }
}
