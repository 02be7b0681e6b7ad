namespace IotMqtt.Models.Behaviour;

/// <summary>What <see cref="CommandReply.ErrorCode"/> says. The wire has the same words.</summary>
internal static class ErrorCode
{
    /// <summary>The model has no such command.</summary>
    public const string UnknownCommand = "unknown-command";

    /// <summary>An argument is missing, unknown or of the wrong type.</summary>
    public const string BadArguments = "bad-arguments";

    /// <summary>The device is not in a state for it.</summary>
    public const string PreconditionFailed = "precondition-failed";

    /// <summary>The queue or the ledger is full.</summary>
    public const string Busy = "busy";

    /// <summary>The same id came with another command or other arguments. This refusal settles nothing.</summary>
    public const string IdConflict = "id-conflict";

    /// <summary>A lower epoch of the run than the device knows. This refusal settles nothing.</summary>
    public const string StaleEpoch = "stale-epoch";

    /// <summary>A query had given the id up before the command came.</summary>
    public const string Tombstoned = "tombstoned";

    /// <summary>The message does not follow the contract.</summary>
    public const string Malformed = "malformed";

    /// <summary>Its time was over before it could start.</summary>
    public const string Expired = "expired";

    /// <summary>The model is wrong: an expression could not be evaluated, or came to a value that its property does not take.</summary>
    public const string Internal = "internal";

    /// <summary>A device that is not ours is not online. Nothing was sent to it.</summary>
    public const string Offline = "offline";

    /// <summary>A device that is not ours has said that it did not do it.</summary>
    public const string Refused = "refused";

    /// <summary>A device that is not ours has not said within its time whether it did it. It may have: a run counts that as unknown.</summary>
    public const string Unanswered = "unanswered";

    /// <summary>A fault that was set on purpose.</summary>
    public const string Fault = "fault";
}
