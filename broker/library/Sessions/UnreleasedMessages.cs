namespace IotMqtt.Broker.Sessions;

/// <summary>
/// Identifiers of QoS 2 messages that were taken and not yet released: a repeated one is not routed again (MQTT 5, section 4.3.3).
/// The receiving and the sending side of a connection both use it, and for a moment two connections may.
/// </summary>
internal sealed class UnreleasedMessages
{
    private readonly Lock _lock = new();
    private HashSet<ushort>? _identifiers;

    /// <returns>Whether the message is new.</returns>
    public bool Add(ushort packetIdentifier)
    {
        lock (_lock)
        {
            return (_identifiers ??= []).Add(packetIdentifier);
        }
    }

    public void Remove(ushort packetIdentifier)
    {
        lock (_lock)
        {
            _identifiers?.Remove(packetIdentifier);
        }
    }
}
