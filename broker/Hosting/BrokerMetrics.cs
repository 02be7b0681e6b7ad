using System.Diagnostics.Metrics;

namespace IotMqtt.Broker.Hosting;

/// <summary>What the program measures of its broker. What else there is stands on <c>$SYS/broker/…</c>.</summary>
internal sealed class BrokerMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "IotMqtt.Broker";

    private readonly Meter _meter = new(MeterName);

    public BrokerMetrics(MqttBroker broker)
    {
        _meter.CreateObservableUpDownCounter("iotmqtt.broker.connections", () => broker.OpenConnections, "{connection}", "Connections that are open.");
        _meter.CreateObservableUpDownCounter("iotmqtt.broker.sessions", () => broker.Sessions, "{session}", "Sessions, connected or kept.");
        _meter.CreateObservableCounter("iotmqtt.broker.messages.dropped", () => broker.DroppedMessages, "{message}", "Messages dropped for a client because too many waited or it takes none so large.");
        _meter.CreateObservableUpDownCounter("iotmqtt.broker.queued", () => broker.QueuedBytes, "By", "Memory of the messages that wait for clients or are not acknowledged.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
