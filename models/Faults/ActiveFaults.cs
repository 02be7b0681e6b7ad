using IotMqtt.Models.Chance;

namespace IotMqtt.Models.Faults;

/// <summary>The faults that a device has now. They add up: each has its own chance of striking.</summary>
internal sealed class ActiveFaults(ulong seed)
{
    private readonly List<KeyValuePair<string, FaultDefinition>> _faults = [];
    private SeededChance _received = new(SeededChance.Derive(seed, "fault/received"));
    private SeededChance _sent = new(SeededChance.Derive(seed, "fault/sent"));
    private SeededChance _duplicate = new(SeededChance.Derive(seed, "fault/duplicate"));
    private SeededChance _reject = new(SeededChance.Derive(seed, "fault/reject"));
    private SeededChance _hang = new(SeededChance.Derive(seed, "fault/hang"));
    private SeededChance _latency = new(SeededChance.Derive(seed, "fault/latency"));
    private SeededChance _disconnect = new(SeededChance.Derive(seed, "fault/disconnect"));

    public bool IsEmpty => _faults.Count == 0;

    /// <summary>Whether any of them keeps the device off the air.</summary>
    public bool AnyDisconnects => _faults.Exists(fault => fault.Value.Disconnect is not null);

    /// <summary>Sets a fault, in place of the one that had its key.</summary>
    /// <returns>The fault that had the key.</returns>
    public FaultDefinition? Set(string key, FaultDefinition fault)
    {
        var before = Clear(key);
        _faults.Add(new(key, fault));
        return before;
    }

    /// <summary>Ends a fault.</summary>
    /// <returns>The fault that had the key.</returns>
    public FaultDefinition? Clear(string key)
    {
        var at = _faults.FindIndex(fault => string.Equals(fault.Key, key, StringComparison.Ordinal));
        if (at < 0)
        {
            return null;
        }

        var before = _faults[at].Value;
        _faults.RemoveAt(at);
        return before;
    }

    public bool LosesReceived() => Loses(MessageDirection.Received, ref _received);

    public bool LosesSent() => Loses(MessageDirection.Sent, ref _sent);

    public bool Duplicates()
    {
        var strikes = false;
        foreach (var (_, fault) in _faults)
        {
            strikes |= _duplicate.Happens(fault.Duplicate);
        }

        return strikes;
    }

    public bool Hangs()
    {
        var strikes = false;
        foreach (var (_, fault) in _faults)
        {
            strikes |= _hang.Happens(fault.Hang);
        }

        return strikes;
    }

    /// <summary>Why a command is refused; null: it is not.</summary>
    public string? Refuses()
    {
        string? message = null;
        foreach (var (_, fault) in _faults)
        {
            if (fault.Reject is { } reject && _reject.Happens(reject.Probability))
            {
                message ??= reject.Message;
            }
        }

        return message;
    }

    /// <summary>What is added to what a command takes.</summary>
    public TimeSpan Latency()
    {
        var sum = TimeSpan.Zero;
        foreach (var (_, fault) in _faults)
        {
            sum += fault.Latency?.Sample(ref _latency) ?? TimeSpan.Zero;
        }

        return sum;
    }

    /// <summary>For how long a fault takes the device off the air; null: until it ends.</summary>
    public TimeSpan? Absence(DisconnectFault fault) => fault.For?.Sample(ref _disconnect);

    private bool Loses(MessageDirection direction, ref SeededChance chance)
    {
        var strikes = false;
        foreach (var (_, fault) in _faults)
        {
            strikes |= fault.Drop is { } drop && drop.What == direction && chance.Happens(drop.Probability);
        }

        return strikes;
    }
}
