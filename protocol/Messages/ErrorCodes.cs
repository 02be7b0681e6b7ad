namespace IotMqtt.Protocol.Messages;

/// <summary>What <c>error.code</c> of an acknowledgement may say. Devices may have codes of their own.</summary>
internal static class ErrorCodes
{
    /// <summary>The model has no such command.</summary>
    public const string UnknownCommand = "unknown-command";

    /// <summary>An argument is missing, unknown or of the wrong type.</summary>
    public const string BadArguments = "bad-arguments";

    /// <summary>The device is not in a state for it.</summary>
    public const string PreconditionFailed = "precondition-failed";

    /// <summary>A queue or the ledger is full.</summary>
    public const string Busy = "busy";

    /// <summary>The same id came with another command or other arguments. This refusal settles nothing.</summary>
    public const string IdConflict = "id-conflict";

    /// <summary>A lower epoch of the run than the device knows. This refusal settles nothing.</summary>
    public const string StaleEpoch = "stale-epoch";

    /// <summary>The id was asked for before the command came.</summary>
    public const string Tombstoned = "tombstoned";

    /// <summary>The message does not follow the contract.</summary>
    public const string Malformed = "malformed";

    /// <summary>Its time was over before it could start.</summary>
    public const string Expired = "expired";

    /// <summary>A device that is not ours is not online. Nothing was sent to it.</summary>
    public const string Offline = "offline";

    /// <summary>A device that is not ours has said that it did not do it.</summary>
    public const string Refused = "refused";

    /// <summary>A device that is not ours has not said within its time whether it did it. It may have.</summary>
    public const string Unanswered = "unanswered";

    /// <summary>A fault that was set on purpose.</summary>
    public const string Fault = "fault";

    /// <summary>The device's own making: its model is wrong.</summary>
    public const string Internal = "internal";
}
