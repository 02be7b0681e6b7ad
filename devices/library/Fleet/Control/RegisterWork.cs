using IotMqtt.Models.Behaviour;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Devices.Fleet.Control;

/// <summary>A run takes the device into its fleet.</summary>
internal sealed class RegisterWork(HostedDevice device, FleetContext fleet, ReplyAddress? replyTo, RegisterRequest request)
    : ControlWork(device, replyTo)
{
    protected override Acknowledgement? Answer(DeviceMachine machine, TimeSpan now)
    {
        if (!machine.IsThere)
        {
            // Nobody answers for a device that is not there; once it says that it is, it is asked again.
            return null;
        }

        if (request.Watch == true)
        {
            Device.Watch();
        }

        if (request.State == true)
        {
            Device.SayState(now);
        }

        var (taken, epoch) = machine.Announce(request.Run.ToString(), request.Epoch);
        return taken ? new RegisterReply(fleet.Incarnation, fleet.Ledger, epoch).ToAcknowledgement() : Stale(epoch, request.Epoch);
    }
}
