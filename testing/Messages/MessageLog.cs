namespace IotMqtt.Testing.Messages;

/// <summary>Everything that crossed the lab, and who waits for something of it. Safe for use by many threads.</summary>
internal sealed class MessageLog(int capacity, Action<string>? output)
{
    private readonly Lock _gate = new();
    private readonly List<Awaited> _awaited = [];
    private readonly Queue<LabMessage> _messages = new();

    /// <summary>What is kept, oldest first.</summary>
    public IReadOnlyList<LabMessage> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>Keeps a message, and tells whoever waits for it.</summary>
    public void Add(LabMessage message)
    {
        output?.Invoke(message.ToString());
        Awaited[] awaited;
        lock (_gate)
        {
            _messages.Enqueue(message);
            if (_messages.Count > capacity)
            {
                _messages.Dequeue();
            }

            awaited = [.. _awaited];
        }

        foreach (var one in awaited)
        {
            one.Look(message);
        }
    }

    /// <summary>From now on somebody waits.</summary>
    public void Arm(Awaited awaited)
    {
        lock (_gate)
        {
            _awaited.Add(awaited);
        }
    }

    /// <summary>Nobody waits for it any more.</summary>
    public void Disarm(Awaited awaited)
    {
        lock (_gate)
        {
            _awaited.Remove(awaited);
        }
    }
}
