namespace IotMqtt.Protocol.Messages;

/// <summary>Where a command is in its life, as its device says. A status only advances.</summary>
internal enum AcknowledgementStatus
{
    /// <summary>Taken and queued.</summary>
    Accepted,

    /// <summary>Started; may come again with progress.</summary>
    Running,

    /// <summary>Terminal: done.</summary>
    Succeeded,

    /// <summary>Terminal: started, and went wrong.</summary>
    Failed,

    /// <summary>Terminal: stopped, or not started because it was cancelled (then there is no start time).</summary>
    Cancelled,

    /// <summary>Terminal: refused, and not carried out.</summary>
    Rejected,

    /// <summary>Terminal: came too late, and was not carried out.</summary>
    Expired,

    /// <summary>To a <c>query</c> only: the ledger does not know the id, and has tombstoned it.</summary>
    Unknown,
}
