using System.Runtime.CompilerServices;

namespace IotMqtt.Hosting.Telemetry;

/// <summary>
/// Exports what the parts of IotMqtt measure and trace over OTLP, as the standard variables say (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>…_PROTOCOL</c>,
/// <c>…_HEADERS</c>, <c>OTEL_SERVICE_NAME</c>, <c>OTEL_RESOURCE_ATTRIBUTES</c>, <c>OTEL_TRACES_SAMPLER</c>, …). Nothing is exported, and nothing of it is
/// loaded, where no endpoint is named.
/// </summary>
public static class ProgramTelemetry
{
    /// <summary>Begins to export, if the environment names where to.</summary>
    /// <param name="service">What the program is called, where <c>OTEL_SERVICE_NAME</c> does not say.</param>
    /// <param name="environment">Looks up an environment variable; the exporter itself reads those of the process.</param>
    /// <returns>What ends it; null: nothing is exported.</returns>
    public static IDisposable? Start(string service, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (string.Equals(environment("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var (traces, metrics) = (IsWanted("TRACES", environment), IsWanted("METRICS", environment));
        return traces || metrics ? Export(IsSet("OTEL_SERVICE_NAME", environment) ? null : service, traces, metrics) : null;
    }

    private static bool IsWanted(string signal, Func<string, string?> environment) =>
        (IsSet("OTEL_EXPORTER_OTLP_ENDPOINT", environment) || IsSet($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT", environment))
        && environment($"OTEL_{signal}_EXPORTER") != "none";

    private static bool IsSet(string name, Func<string, string?> environment) => environment(name) is { Length: > 0 };

    // The packages are loaded with what is called here, and not before.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static OtlpExport Export(string? service, bool traces, bool metrics) => OtlpExport.Start(service, traces, metrics);
}
