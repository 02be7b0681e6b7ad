using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Faults;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Devices.Fleet.Control;

/// <summary>Lets something go wrong with the device, or no longer.</summary>
internal sealed class FaultWork(HostedDevice device, FleetContext fleet, ReplyAddress? replyTo, FaultRequest request)
    : ControlWork(device, replyTo)
{
    protected override Acknowledgement Answer(DeviceMachine machine, TimeSpan now)
    {
        if (request.Run is { } run && request.Epoch is { } epoch && machine.Announce(run.ToString(), epoch) is { Taken: false } refused)
        {
            return Stale(refused.Epoch, epoch);
        }

        if (request.Key.Length is 0 or > FaultRequest.MaxKeyLength)
        {
            return Acknowledgement.Rejected(ErrorCodes.Malformed, $"the key of a fault is 1 to {FaultRequest.MaxKeyLength} characters long");
        }

        return request.Fault is { } json && !json.Utf8.Span.SequenceEqual("null"u8) ? Set(machine, json) : Lift(machine);
    }

    private Acknowledgement Set(DeviceMachine machine, JsonText json)
    {
        if (!Value.TryParseJson(json.Utf8.Span, out var value, out var error) || !FaultDefinition.TryRead(value, out var fault, out error))
        {
            return Acknowledgement.Rejected(ErrorCodes.Malformed, error!);
        }

        machine.SetFault(request.Key, fault);
        fleet.Logger.FaultSet(machine.Device.Id, request.Key);
        return Done();
    }

    private Acknowledgement Lift(DeviceMachine machine)
    {
        if (machine.ClearFault(request.Key))
        {
            fleet.Logger.FaultLifted(machine.Device.Id, request.Key);
        }

        return Done();
    }

    private Acknowledgement Done() => new() { Status = AcknowledgementStatus.Succeeded, Epoch = request.Epoch };
}
