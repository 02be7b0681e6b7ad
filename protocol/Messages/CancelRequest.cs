using IotMqtt.Protocol.Ids;

namespace IotMqtt.Protocol.Messages;

/// <summary>
/// Asks a device not to start a command, or to stop it: the payload of <c>control/cancel</c>. Answered like
/// <see cref="QueryRequest"/>: <c>cancelled</c> if it had not started (it will not; an id that the ledger does not know is
/// tombstoned), <c>running</c> if it is being stopped (its terminal acknowledgement follows), or how it had ended.
/// </summary>
internal sealed record CancelRequest
{
    /// <summary>The command.</summary>
    public required CommandId Id { get; init; }

    /// <summary>Its run; absent for a command that carried none.</summary>
    public RunId? Run { get; init; }

    /// <summary>The epoch of the run.</summary>
    public long? Epoch { get; init; }

    /// <summary>As in <see cref="QueryRequest.KeepMs"/>.</summary>
    public long? KeepMs { get; init; }
}
