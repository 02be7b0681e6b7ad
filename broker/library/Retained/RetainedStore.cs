using MQTTnet;

namespace IotMqtt.Broker.Retained;

/// <summary>
/// The retained messages: a tree of topic levels, so that a subscription costs what its filter matches and not what is stored.
/// Not thread-safe: the router owns it and keeps storing, matching and sending in one order (see there).
/// </summary>
internal sealed class RetainedStore(int maxMessages, long maxBytes)
{
    private readonly RetainedNode _root = new();
    private readonly PriorityQueue<RetainedMessage, long> _expiring = new();

    public int Count { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Entries that wait for their time.</summary>
    public int Expiring => _expiring.Count;

    /// <summary>Keeps a message instead of the one before it; one without payload removes it (MQTT 5, section 3.3.1.3).</summary>
    /// <returns><see langword="false"/> if the store is full, and then nothing has changed.</returns>
    public bool Set(MqttApplicationMessage message, long? deadline, string? sender = null)
    {
        if (message.Payload.Length == 0)
        {
            Account(_root.Set(message.Topic, null), null);
            return true;
        }

        var kept = new RetainedMessage(message, deadline, sender);
        var before = _root.Get(message.Topic);
        if (Count + (before is null ? 1 : 0) > maxMessages || Bytes + kept.Size - (before?.Size ?? 0) > maxBytes)
        {
            return false;
        }

        Account(_root.Set(message.Topic, kept), kept);
        if (deadline is { } at)
        {
            _expiring.Enqueue(kept, at);
            ForgetReplaced();
        }

        return true;
    }

    public void Find(string filter, List<RetainedMessage> found) => _root.Collect(filter, first: true, found);

    /// <summary>Drops what has expired.</summary>
    public void Expire(long now)
    {
        while (_expiring.TryPeek(out var kept, out var deadline) && deadline <= now)
        {
            _expiring.Dequeue();
            if (ReferenceEquals(_root.Get(kept.Message.Topic), kept))
            {
                Account(_root.Set(kept.Message.Topic, null), null);
            }
        }
    }

    /// <summary>A topic that is published often with a long expiry must not leave an entry for each of its messages.</summary>
    private void ForgetReplaced()
    {
        if (_expiring.Count <= 2 * Count + 64)
        {
            return;
        }

        var current = _expiring.UnorderedItems.Where(item => ReferenceEquals(_root.Get(item.Element.Message.Topic), item.Element)).ToList();
        _expiring.Clear();
        _expiring.EnqueueRange(current);
    }

    private void Account(RetainedMessage? before, RetainedMessage? after)
    {
        Count += (after is null ? 0 : 1) - (before is null ? 0 : 1);
        Bytes += (after?.Size ?? 0) - (before?.Size ?? 0);
    }
}
