using IotMqtt.Models.Behaviour.Ledger;
using IotMqtt.Models.Behaviour.Plans;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour.Queues;

/// <summary>
/// A command in a device, from its arrival until the ledger forgets it. In one list at a time: waiting, running, or ended.
/// </summary>
internal sealed class CommandEntry
{
    /// <summary>Stands for a moment that has not come.</summary>
    public static readonly TimeSpan NoTime = TimeSpan.MinValue;

    /// <summary>Stands for a moment that never comes.</summary>
    public static readonly TimeSpan Never = TimeSpan.MaxValue;

    /// <summary>The next one in its list.</summary>
    public CommandEntry? Next;

    /// <summary>What identifies it, where the requester said.</summary>
    public CommandKey? Key;

    /// <summary>Its run, where the ledger holds it.</summary>
    public RunRecord? Run;

    /// <summary>What is to be done; null for what was refused before that was known, and for a tombstone.</summary>
    public CommandPlan? Plan;

    /// <summary>The arguments, bound; null once it has ended.</summary>
    public ValueMap? Arguments;

    /// <summary>The message that asked for it, as long as it is owed replies; null: it came as a command.</summary>
    public Messages.Cause? Cause;

    /// <summary>The state when it was sent to a device that is not ours, for as long as it runs.</summary>
    public Value[]? Before;

    /// <summary>What such a device said that ended it.</summary>
    public ValueMap? Said;

    /// <summary>Whether it is taken as done, because nobody could say that it is.</summary>
    public bool IsAssumed;

    /// <summary>Tells a duplicate from another command with the same id.</summary>
    public ulong Fingerprint;

    /// <summary>Whether it only bars an id.</summary>
    public bool IsTombstone;

    /// <summary>Whether nobody asks for it any more: the ledger has let it go.</summary>
    public bool IsSettled;

    public string? ReplyTo;
    public long? Epoch;
    public int? Attempt;
    public bool WantsAccepted;
    public bool WantsRunning;

    /// <summary>Whether <c>accepted</c> has been sent to the latest requester.</summary>
    public bool AcceptedSent;

    public CommandStatus Status;
    public TimeSpan Accepted = NoTime;
    public TimeSpan Started = NoTime;
    public TimeSpan Done = NoTime;

    /// <summary>The last moment at which it may start.</summary>
    public TimeSpan Expires = Never;

    /// <summary>When it is done, while it runs; <see cref="Never"/>: it hangs.</summary>
    public TimeSpan Due;

    /// <summary>Until when the ledger holds it for sure, once it has ended.</summary>
    public TimeSpan KeptUntil;

    public Value Result;
    public ValueMap? Changed;
    public long Revision;
    public string? ErrorCode;
    public string? ErrorMessage;

    public bool WasAccepted => Accepted != NoTime;

    public bool HasEnded => Status > CommandStatus.Running;

    /// <summary>Takes over what the latest copy of the request says about its acknowledgements.</summary>
    public void Address(in CommandRequest request)
    {
        ReplyTo = request.ReplyTo ?? ReplyTo;
        Epoch = request.Epoch ?? Epoch;
        Attempt = request.Attempt ?? Attempt;
        WantsAccepted = request.WantsAccepted;
        WantsRunning = request.WantsRunning;
        AcceptedSent = false;
    }

    public void Refuse(CommandStatus status, string code, string message)
    {
        Status = status;
        ErrorCode = code;
        ErrorMessage = message;
    }

    /// <summary>What it says of itself now.</summary>
    public CommandReply ToReply() => new()
    {
        Status = Status,
        Key = Key,
        ReplyTo = ReplyTo,
        Epoch = Epoch,
        Attempt = Attempt,
        Result = Result,
        Changed = Changed,
        Revision = Revision,
        Accepted = Moment(Accepted),
        Started = Moment(Started),
        Done = Moment(Done),
        ErrorCode = ErrorCode,
        ErrorMessage = ErrorMessage,
    };

    private static TimeSpan? Moment(TimeSpan time) => time == NoTime ? null : time;
}
