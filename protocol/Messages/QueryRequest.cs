using IotMqtt.Protocol.Ids;

namespace IotMqtt.Protocol.Messages;

/// <summary>
/// Asks a device's ledger what became of a command: the payload of <c>control/query</c>. Never executes. The answer is the
/// acknowledgement that the ledger holds, with the generation of that ledger; or <see cref="AcknowledgementStatus.Unknown"/>,
/// and then the id is tombstoned: a straggler is rejected with <see cref="ErrorCodes.Tombstoned"/>. <c>unknown</c> from another
/// generation than the command was sent under says nothing: that ledger was lost.
/// </summary>
internal sealed record QueryRequest
{
    /// <summary>The command.</summary>
    public required CommandId Id { get; init; }

    /// <summary>Its run.</summary>
    public required RunId Run { get; init; }

    /// <summary>The epoch of the run; a device refuses a lower one than it knows.</summary>
    public required long Epoch { get; init; }

    /// <summary>
    /// For how long, in milliseconds, a straggler may still come (what is left of its Message Expiry): a tombstone is kept for at
    /// least that long.
    /// </summary>
    public long? KeepMs { get; init; }
}
