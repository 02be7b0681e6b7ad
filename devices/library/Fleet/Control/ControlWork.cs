using IotMqtt.Devices.Loops;
using IotMqtt.Models.Behaviour;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Devices.Fleet.Control;

/// <summary>What bypasses a device's queue of commands: it is answered whatever the device does, and whatever its faults.</summary>
internal abstract class ControlWork(HostedDevice device, ReplyAddress? replyTo) : ILoopWork
{
    /// <summary>The device that is asked.</summary>
    protected HostedDevice Device => device;

    public void Run(TimeSpan now)
    {
        if (device.IsStopped)
        {
            return;
        }

        var answer = Answer(device.Machine, now);
        device.Settle(now);
        if (answer is not null && replyTo is { } address)
        {
            device.Link.Post(CommandEncoder.Encode(address, answer));
        }
    }

    /// <summary>What to say; null: there is nothing that is known to be true.</summary>
    protected abstract Acknowledgement? Answer(DeviceMachine machine, TimeSpan now);

    protected static Acknowledgement Stale(long known, long asked) =>
        Acknowledgement.Rejected(ErrorCodes.StaleEpoch, $"the run has gone on to epoch {known}") with { Epoch = asked };
}
