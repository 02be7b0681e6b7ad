using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Runner.Dispatch.Links;

/// <summary>
/// Who takes part in what comes over the control plane. All methods are called on the receive path: they note, enqueue and return.
/// </summary>
internal interface IPlaneListener
{
    /// <summary>An acknowledgement came. True: it was for this listener, and nobody else is asked.</summary>
    bool OnAcknowledgement(in ReceivedAcknowledgement received);

    /// <summary>Another message came.</summary>
    /// <param name="message">The message.</param>
    /// <param name="address">What it is in the contract; null: it is none of the contract's.</param>
    void OnMessage(IncomingMessage message, in TopicAddress? address);

    /// <summary>A connection broke, is there again, or is gone for good.</summary>
    void OnLink(int link, LinkStatus status);
}
