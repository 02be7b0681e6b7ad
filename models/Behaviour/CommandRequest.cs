using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour;

/// <summary>A command as it arrives at a device. DESIGN section 4.</summary>
internal readonly record struct CommandRequest
{
    /// <summary>Which command.</summary>
    public required string Command { get; init; }

    /// <summary>Its arguments.</summary>
    public required ValueMap Arguments { get; init; }

    /// <summary>Why the payload is not a JSON object, where it is not: the command is rejected with that.</summary>
    public string? Malformed { get; init; }

    /// <summary>What identifies it; null where the requester did not say.</summary>
    public CommandKey? Key { get; init; }

    /// <summary>Where acknowledgements go: a Response Topic, or what the host makes of it; null: none are asked for.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Whether <c>accepted</c> is asked for.</summary>
    public bool WantsAccepted { get; init; }

    /// <summary>Whether <c>running</c> is asked for.</summary>
    public bool WantsRunning { get; init; }

    /// <summary>The run; where there is one the command goes through the ledger (rule 3).</summary>
    public string? Run { get; init; }

    /// <summary>The epoch of the run; a lower one than announced is refused.</summary>
    public long? Epoch { get; init; }

    /// <summary>The attempt, echoed.</summary>
    public int? Attempt { get; init; }

    /// <summary>How long after its arrival it may start (rule 7); null: for ever.</summary>
    public TimeSpan? Budget { get; init; }
}
