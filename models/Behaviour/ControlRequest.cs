namespace IotMqtt.Models.Behaviour;

/// <summary>A <c>query</c> or a <c>cancel</c> as it arrives at a device. DESIGN section 4, rule 4.</summary>
internal readonly record struct ControlRequest
{
    /// <summary>The command that it is about.</summary>
    public required CommandKey Id { get; init; }

    /// <summary>The run of the command; null for a command that carried none.</summary>
    public string? Run { get; init; }

    /// <summary>The epoch of the run; a lower one than announced is refused, and that settles nothing.</summary>
    public long? Epoch { get; init; }

    /// <summary>
    /// Where acknowledgements of the command go from now on, where this request is of a later epoch than the command: the
    /// requester was started anew and listens elsewhere.
    /// </summary>
    public string? ReplyTo { get; init; }

    /// <summary>For how long a straggler may still come; a tombstone is kept at least that long.</summary>
    public TimeSpan? Keep { get; init; }
}
