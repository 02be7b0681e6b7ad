using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Runner.Dispatch.Links;

/// <summary>Hands acknowledgements to a requester, which knows what it has asked.</summary>
internal sealed class RequesterListener(Requester requester) : IPlaneListener
{
    public bool OnAcknowledgement(in ReceivedAcknowledgement received)
    {
        if (ControlPlane.IsEcho(received))
        {
            return false;
        }

        ((IAcknowledgementSink)requester).OnAcknowledgement(received);
        return true;
    }

    public void OnMessage(IncomingMessage message, in TopicAddress? address)
    {
    }

    public void OnLink(int link, LinkStatus status)
    {
    }
}
