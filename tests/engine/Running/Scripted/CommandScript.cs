using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Tests.Running.Scripted;

/// <summary>What a scripted device does with one command.</summary>
public sealed record CommandScript
{
    /// <summary>How long it takes.</summary>
    public TimeSpan Takes { get; init; }

    /// <summary>Why it fails; null: it succeeds.</summary>
    public string? Fail { get; init; }

    /// <summary>Why it is refused on arrival.</summary>
    public string? Reject { get; init; }

    /// <summary>Starts and never ends, unless it is cancelled.</summary>
    public bool Hang { get; init; }

    /// <summary>The command never arrives (its query does).</summary>
    public bool LoseCommand { get; init; }

    /// <summary>No acknowledgement of it arrives; answers to control requests do.</summary>
    public bool LoseAck { get; init; }

    /// <summary>Nothing that the device says about it arrives.</summary>
    public bool Silent { get; init; }

    /// <summary>How late its acknowledgement is.</summary>
    public TimeSpan Late { get; init; }

    /// <summary>Each acknowledgement comes twice.</summary>
    public bool Twice { get; init; }

    /// <summary>How long it waits for its slot in the send window.</summary>
    public TimeSpan Slot { get; init; }

    /// <summary>The broker says that nobody subscribes.</summary>
    public bool Nobody { get; init; }

    /// <summary>Acknowledges also that it was accepted and that it runs.</summary>
    public bool Phases { get; init; }

    /// <summary>Its result.</summary>
    public Value Result { get; init; }

    /// <summary>The properties that it sets.</summary>
    public ValueMap? Set { get; init; }

    /// <summary>The event that it publishes, so long after its arrival.</summary>
    public (string Event, Value Value, TimeSpan After)? Emits { get; init; }
}
