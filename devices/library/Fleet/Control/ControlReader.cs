using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Devices.Fleet.Control;

/// <summary>Reads control messages; one that is malformed becomes the work of saying so.</summary>
internal static class ControlReader
{
    /// <returns>Null, with a reason, where it cannot even be answered.</returns>
    public static ControlWork? Read(
        HostedDevice device, FleetContext fleet, ControlVerb verb, IncomingMessage message, out string? reason)
    {
        reason = CommandDecoder.TryGetReplyAddress(fleet.Topics, message, out var replyTo);
        if (reason is not null)
        {
            return null;
        }

        var payload = message.Payload.Span;
        var wrong = string.Empty;
        switch (verb)
        {
            case ControlVerb.Register when MessageJson.TryParse(payload, out RegisterRequest? register, out wrong):
                return new RegisterWork(device, fleet, replyTo, register);
            case ControlVerb.Query when MessageJson.TryParse(payload, out QueryRequest? query, out wrong):
                return new SettleWork(device, fleet, replyTo, cancels: false, SettleWork.Request(query, replyTo));
            case ControlVerb.Cancel when MessageJson.TryParse(payload, out CancelRequest? cancel, out wrong):
                return new SettleWork(device, fleet, replyTo, cancels: true, SettleWork.Request(cancel, replyTo));
            case ControlVerb.Fault when MessageJson.TryParse(payload, out FaultRequest? fault, out wrong):
                return new FaultWork(device, fleet, replyTo, fault);
            default:
                return new MalformedWork(device, replyTo, wrong ?? "there is no such request");
        }
    }
}
