namespace IotMqtt.Broker.Sessions;

/// <summary>
/// Identifiers of QoS 2 messages that were taken and not yet released: a repeated one is not routed again (MQTT 5, section 4.3.3).
/// For a moment two connections may use it, the one that takes the session over and the one before.
/// </summary>
internal sealed class UnreleasedMessages
{
    private readonly Lock _lock = new();
    private HashSet<ushort>? _identifiers;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _identifiers?.Count ?? 0;
            }
        }
    }

    /// <returns>Whether the message is new.</returns>
    public bool Add(ushort packetIdentifier)
    {
        lock (_lock)
        {
            return (_identifiers ??= []).Add(packetIdentifier);
        }
    }

    /// <returns>Whether there was such a message.</returns>
    public bool Remove(ushort packetIdentifier)
    {
        lock (_lock)
        {
            return _identifiers is not null && _identifiers.Remove(packetIdentifier);
        }
    }
}
