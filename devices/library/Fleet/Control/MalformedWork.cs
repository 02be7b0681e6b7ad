using IotMqtt.Models.Behaviour;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Devices.Fleet.Control;

/// <summary>A control message that is none is told so.</summary>
internal sealed class MalformedWork(HostedDevice device, ReplyAddress? replyTo, string reason) : ControlWork(device, replyTo)
{
    protected override Acknowledgement Answer(DeviceMachine machine, TimeSpan now) => Acknowledgement.Rejected(ErrorCodes.Malformed, reason);
}
