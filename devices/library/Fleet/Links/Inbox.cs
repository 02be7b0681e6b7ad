using IotMqtt.Devices.Fleet.Control;
using IotMqtt.Devices.Loops;
using IotMqtt.Devices.Wire;
using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Devices.Fleet.Links;

/// <summary>What arrives for a device: parsed on the receive path, then queued to its loop.</summary>
internal sealed class Inbox(HostedDevice device, FleetContext fleet)
{
    public void Take(IncomingMessage message)
    {
        if (!fleet.Topics.TryParse(message.Topic, out var address) || address.Device != device.Id)
        {
            device.Loop.Post(new OwnWork(device, OwnTopics.From(message, fleet.Topics)));
        }
        else if (message.Retained)
        {
            Ignore(message, "it was retained: what was said before is not meant for now");
        }
        else if (address.Kind == TopicKind.Command)
        {
            var request = RequestDecoder.Decode(fleet.Topics, address, message, out var traceParent);
            if (request.Malformed is { } malformed)
            {
                Ignore(message, malformed);
            }

            device.Loop.Post(new CommandWork(device, request, traceParent, fleet.Clock.At(message.ReceivedTimestamp)));
        }
        else if (address.Kind == TopicKind.Control)
        {
            if (ControlReader.Read(device, fleet, address.Verb, message, out var reason) is { } work)
            {
                device.Loop.Post(work);
            }
            else
            {
                Ignore(message, reason!);
            }
        }
    }

    private void Ignore(IncomingMessage message, string reason) => fleet.Logger.NotUnderstood(device.Id.ToString(), message.Topic, reason);

    /// <summary>A message on a topic of the device's own, from its arrival to its device.</summary>
    private sealed class OwnWork(HostedDevice device, OwnMessage message) : ILoopWork
    {
        public void Run(TimeSpan now) => device.Receive(message, now);
    }

    /// <summary>A command, from its arrival to its device.</summary>
    private sealed class CommandWork(HostedDevice device, in CommandRequest request, string? traceParent, TimeSpan arrived) : ILoopWork
    {
        private readonly CommandRequest _request = request;

        public void Run(TimeSpan now) =>
            device.Receive(_request.Budget is { } budget ? _request with { Budget = budget - (now - arrived) } : _request, traceParent, now);
    }
}
