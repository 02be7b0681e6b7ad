using IotMqtt.Protocol.Ids;

namespace IotMqtt.Protocol.Messages;

/// <summary>What a device says to <see cref="RegisterRequest"/>: a <c>succeeded</c> acknowledgement with who and which ledger it is.</summary>
/// <param name="Incarnation">The life of the device.</param>
/// <param name="Ledger">The generation of its ledger.</param>
/// <param name="Epoch">The epoch that it has taken.</param>
internal readonly record struct RegisterReply(Incarnation Incarnation, LedgerGeneration Ledger, long Epoch)
{
    /// <summary>Reads a reply; false if the acknowledgement is no success or lacks a part.</summary>
    public static bool TryFrom(Acknowledgement acknowledgement, out RegisterReply reply)
    {
        ArgumentNullException.ThrowIfNull(acknowledgement);
        if (acknowledgement is
            {
                Status: AcknowledgementStatus.Succeeded,
                Incarnation: { } incarnation,
                Ledger: { } ledger,
                Epoch: { } epoch,
            })
        {
            reply = new RegisterReply(incarnation, ledger, epoch);
            return true;
        }

        reply = default;
        return false;
    }

    /// <summary>The acknowledgement that carries this.</summary>
    public Acknowledgement ToAcknowledgement() => new()
    {
        Status = AcknowledgementStatus.Succeeded,
        Incarnation = Incarnation,
        Ledger = Ledger,
        Epoch = Epoch,
    };
}
