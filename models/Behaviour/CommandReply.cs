using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour;

/// <summary>An acknowledgement as a device gives it. Times count from the host's origin.</summary>
internal readonly record struct CommandReply
{
    /// <summary>What it says.</summary>
    public required CommandStatus Status { get; init; }

    /// <summary>The command's key; null where the requester gave none.</summary>
    public CommandKey? Key { get; init; }

    /// <summary>Where it goes.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The epoch of the request, echoed.</summary>
    public long? Epoch { get; init; }

    /// <summary>The attempt of the request, echoed.</summary>
    public int? Attempt { get; init; }

    /// <summary>The result of what succeeded.</summary>
    public Value Result { get; init; }

    /// <summary>The properties that the command changed; null: none.</summary>
    public ValueMap? Changed { get; init; }

    /// <summary>The device's revision after it.</summary>
    public long Revision { get; init; }

    /// <summary>When it arrived.</summary>
    public TimeSpan? Accepted { get; init; }

    /// <summary>When it began to be carried out.</summary>
    public TimeSpan? Started { get; init; }

    /// <summary>When it ended.</summary>
    public TimeSpan? Done { get; init; }

    /// <summary>What kind of error, such as <c>precondition-failed</c>.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The reason, for people.</summary>
    public string? ErrorMessage { get; init; }
}

/// <summary>The states of a command as acknowledgements name them. DESIGN section 4, "The life of a command".</summary>
internal enum CommandStatus
{
    /// <summary>It arrived and waits for its turn.</summary>
    Accepted,

    /// <summary>It is being carried out.</summary>
    Running,

    /// <summary>It was carried out.</summary>
    Succeeded,

    /// <summary>It was started and went wrong.</summary>
    Failed,

    /// <summary>It was cancelled; whether it had started shows in its times.</summary>
    Cancelled,

    /// <summary>It was refused and has not run.</summary>
    Rejected,

    /// <summary>It was too late and has not run.</summary>
    Expired,

    /// <summary>To a query: the ledger does not know it; it is tombstoned and cannot run any more.</summary>
    Unknown,
}
