using IotMqtt.Devices.Loops;
using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Devices.Wire;

/// <summary>Makes messages of what a device answers.</summary>
internal static class AcknowledgementEncoder
{
    /// <summary>The message that carries a reply to where it asks to go; null where it asks for nothing.</summary>
    public static OutgoingMessage? Encode(in CommandReply reply, LoopClock clock)
    {
        if (reply.ReplyTo is not { } topic)
        {
            return null;
        }

        var correlation = default(CorrelationData);
        if (reply.Key is { } key)
        {
            // What arrived was in bounds.
            _ = CorrelationData.TryCreate(key.ToBytes(), out correlation);
        }

        return CommandEncoder.Encode(new ReplyAddress(topic, correlation), ToAcknowledgement(reply, clock));
    }

    /// <summary>A reply as the wire has it.</summary>
    public static Acknowledgement ToAcknowledgement(in CommandReply reply, LoopClock clock) => new()
    {
        Status = ToWire(reply.Status),
        Epoch = reply.Epoch,
        Attempt = reply.Attempt,
        Result = reply.Result.IsNull ? default : Json(reply.Result),
        State = reply.Changed is null ? default : Json(Value.Of(reply.Changed)),
        Revision = reply.Revision,
        Times = new AcknowledgementTimes(Moment(reply.Accepted, clock), Moment(reply.Started, clock), Moment(reply.Done, clock)),
        Error = reply.ErrorCode is null ? null : new AcknowledgementError(reply.ErrorCode, reply.ErrorMessage ?? string.Empty),
    };

    /// <summary>A value as the wire has it.</summary>
    public static JsonText Json(Value value)
    {
        _ = JsonText.TryCreate(value.ToJsonBytes(), out var json);
        return json;
    }

    private static DeviceTime? Moment(TimeSpan? moment, LoopClock clock) =>
        moment is { } time ? DeviceTime.From(clock.Calendar(time)) : null;

    private static AcknowledgementStatus ToWire(CommandStatus status) => status switch
    {
        CommandStatus.Accepted => AcknowledgementStatus.Accepted,
        CommandStatus.Running => AcknowledgementStatus.Running,
        CommandStatus.Succeeded => AcknowledgementStatus.Succeeded,
        CommandStatus.Failed => AcknowledgementStatus.Failed,
        CommandStatus.Cancelled => AcknowledgementStatus.Cancelled,
        CommandStatus.Rejected => AcknowledgementStatus.Rejected,
        CommandStatus.Expired => AcknowledgementStatus.Expired,
        _ => AcknowledgementStatus.Unknown,
    };
}
