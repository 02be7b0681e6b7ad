using IotMqtt.Protocol.Ids;

namespace IotMqtt.Protocol.Addressing;

/// <summary>A topic of the contract, taken apart by <see cref="Topics.TryParse"/>. What its kind does not have is default.</summary>
internal readonly record struct TopicAddress
{
    /// <summary>Which topic it is.</summary>
    public required TopicKind Kind { get; init; }

    /// <summary>The device; of every kind but <see cref="TopicKind.Model"/> and those of workers.</summary>
    public DeviceId Device { get; init; }

    /// <summary>The command, of <see cref="TopicKind.Command"/>.</summary>
    public CommandName Command { get; init; }

    /// <summary>The verb, of <see cref="TopicKind.Control"/>.</summary>
    public ControlVerb Verb { get; init; }

    /// <summary>The name, of <see cref="TopicKind.Telemetry"/> and <see cref="TopicKind.Event"/>.</summary>
    public SignalName Signal { get; init; }

    /// <summary>The hash, of <see cref="TopicKind.Model"/>.</summary>
    public ModelHash Model { get; init; }

    /// <summary>The worker, of <see cref="TopicKind.WorkerStatus"/> and <see cref="TopicKind.WorkerLag"/>.</summary>
    public Incarnation Worker { get; init; }

    /// <summary>The requester, of <see cref="TopicKind.Acknowledgement"/>.</summary>
    public ClientId Client { get; init; }
}
