using IotMqtt.Broker;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Testing.Starting;

/// <summary>The broker of a lab: its own, or yours, which is left as it is.</summary>
internal sealed class LabBroker : IAsyncDisposable
{
    private readonly MqttBroker? _own;

    private LabBroker(BrokerUrl url, MqttBroker? own) => (Url, _own) = (url, own);

    /// <summary>Where it is.</summary>
    public BrokerUrl Url { get; }

    /// <summary>Whether it is the lab's own, and ends with it.</summary>
    public bool IsOwn => _own is not null;

    /// <exception cref="LabException">A broker could not be started here.</exception>
    public static async Task<LabBroker> StartAsync(IotLabOptions options, CancellationToken cancellationToken)
    {
        if (options.Broker is { } yours)
        {
            return new LabBroker(yours, null);
        }

        try
        {
            var own = await MqttBroker.StartAsync(new BrokerOptions { Port = 0 }, options.LoggerFactory, cancellationToken).ConfigureAwait(false);
            return new LabBroker(BrokerUrl.Parse(own.Endpoint.ToString()), own);
        }
        catch (BrokerException exception)
        {
            throw new LabException(exception.Message);
        }
    }

    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
