using IotMqtt.Protocol.Ids;

namespace IotMqtt.Protocol.Messages;

/// <summary>
/// What a device answers, to a command and to control requests alike: the payload on the Response Topic. The terminal one
/// carries result, changed state and times in one packet. See <see cref="TryParse"/> and <see cref="ToUtf8"/>.
/// </summary>
internal sealed partial record Acknowledgement
{
    /// <summary>Where the command is in its life.</summary>
    public required AcknowledgementStatus Status { get; init; }

    /// <summary>The epoch of the run, echoed; a requester ignores any other than its own.</summary>
    public long? Epoch { get; init; }

    /// <summary>The attempt, echoed.</summary>
    public int? Attempt { get; init; }

    /// <summary>What the command returns, any JSON value; absent if nothing.</summary>
    public JsonText Result { get; init; }

    /// <summary>The properties that the command changed, a JSON object; absent if none.</summary>
    public JsonText State { get; init; }

    /// <summary>The revision of the state after the command.</summary>
    public long? Revision { get; init; }

    /// <summary>When its phases were reached.</summary>
    public AcknowledgementTimes Times { get; init; }

    /// <summary>Why it did not succeed.</summary>
    public AcknowledgementError? Error { get; init; }

    /// <summary>How much of a running command is done, 0 to 1.</summary>
    public double? Progress { get; init; }

    /// <summary>The life of the device; in answers to control requests.</summary>
    public Incarnation? Incarnation { get; init; }

    /// <summary>The ledger that answers; in answers to control requests.</summary>
    public LedgerGeneration? Ledger { get; init; }

    /// <summary>Whether nothing follows: any status but accepted and running.</summary>
    public bool IsTerminal => Status > AcknowledgementStatus.Running;

    /// <summary>
    /// Whether this says how the command ended. Not if it is no terminal, and not if it refuses the message only: the id was
    /// taken by something else, or the epoch is old.
    /// </summary>
    public bool Settles => IsTerminal && Error?.Code is not (ErrorCodes.IdConflict or ErrorCodes.StaleEpoch);

    /// <summary>A refusal.</summary>
    public static Acknowledgement Rejected(string code, string message) => new()
    {
        Status = AcknowledgementStatus.Rejected,
        Error = new AcknowledgementError(code, message),
    };
}
