namespace IotMqtt.Broker.Routing;

/// <summary>
/// What the broker must still know of a message when it leaves a session's queue. MQTTnet copies a message's fields into a
/// packet of its own and has no room for one more, but it passes the list of subscription identifiers through by reference:
/// so that list carries it.
/// </summary>
internal sealed class Delivery(long? deadline) : List<uint>
{
    /// <summary>When the message expires, in milliseconds of the broker's clock; <see langword="null"/>: never.</summary>
    public long? Deadline { get; } = deadline;
}
