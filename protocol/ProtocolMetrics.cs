using System.Diagnostics.Metrics;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Protocol;

/// <summary>What goes over the wire, counted. Never tagged by device.</summary>
public sealed class ProtocolMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "IotMqtt.Protocol";

    private readonly Meter _meter;
    private readonly Counter<long> _published;
    private readonly Counter<long> _received;
    private readonly Counter<long> _ignored;
    private readonly Counter<long> _connected;
    private readonly Counter<long> _disconnected;

    /// <summary>Makes the instruments.</summary>
    /// <param name="factory">Who owns the meter; null for a meter of its own.</param>
    public ProtocolMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _published = _meter.CreateCounter<long>("iotmqtt.link.published", "{message}", "Publishes that were answered, by outcome.");
        _received = _meter.CreateCounter<long>("iotmqtt.link.received", "{message}", "Messages that were received.");
        _ignored = _meter.CreateCounter<long>("iotmqtt.acknowledgements.ignored", "{message}", "Acknowledgements that were malformed or nobody's.");
        _connected = _meter.CreateCounter<long>("iotmqtt.link.connected", "{connection}", "Connections that came about.");
        _disconnected = _meter.CreateCounter<long>("iotmqtt.link.disconnected", "{connection}", "Connections that broke or could not be made, by kind.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void OnPublished(PublishOutcome outcome) => _published.Add(1, new KeyValuePair<string, object?>("outcome", Name(outcome)));

    internal void OnReceived() => _received.Add(1);

    internal void OnIgnored() => _ignored.Add(1);

    internal void OnConnected() => _connected.Add(1);

    internal void OnDisconnected(LinkFailureKind kind) => _disconnected.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString()));

    private static string Name(PublishOutcome outcome) => outcome switch
    {
        PublishOutcome.Taken => "taken",
        PublishOutcome.NoSubscribers => "no-subscribers",
        PublishOutcome.Refused => "refused",
        PublishOutcome.NotSent => "not-sent",
        _ => "lost",
    };
}
