using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Protocol.Commands;

/// <summary>
/// Makes messages of what bypasses the command queue. Their answers come as acknowledgements; a run gives a query or cancel the
/// Correlation Data of the command that it is about, so that the answer settles it like any other.
/// </summary>
internal static class ControlEncoder
{
    /// <summary>The message that registers a device for a run.</summary>
    public static OutgoingMessage Encode(Topics topics, DeviceId device, RegisterRequest request, in ReplyAddress replyTo, TimeSpan budget) =>
        Control(topics, device, ControlVerb.Register, MessageJson.ToUtf8(request), replyTo, budget);

    /// <summary>The message that asks what became of a command.</summary>
    public static OutgoingMessage Encode(Topics topics, DeviceId device, QueryRequest request, in ReplyAddress replyTo, TimeSpan budget) =>
        Control(topics, device, ControlVerb.Query, MessageJson.ToUtf8(request), replyTo, budget);

    /// <summary>The message that cancels a command.</summary>
    public static OutgoingMessage Encode(Topics topics, DeviceId device, CancelRequest request, in ReplyAddress replyTo, TimeSpan budget) =>
        Control(topics, device, ControlVerb.Cancel, MessageJson.ToUtf8(request), replyTo, budget);

    /// <summary>The message that sets or ends a fault.</summary>
    public static OutgoingMessage Encode(Topics topics, DeviceId device, FaultRequest request, in ReplyAddress replyTo, TimeSpan budget) =>
        Control(topics, device, ControlVerb.Fault, MessageJson.ToUtf8(request), replyTo, budget);

    private static OutgoingMessage Control(
        Topics topics, DeviceId device, ControlVerb verb, byte[] payload, in ReplyAddress replyTo, TimeSpan budget)
    {
        ArgumentNullException.ThrowIfNull(topics);
        return new OutgoingMessage
        {
            Topic = topics.Control(device, verb),
            Payload = payload,
            ResponseTopic = replyTo.Topic,
            CorrelationData = replyTo.Correlation.Bytes,
            ExpirySeconds = MessageExpiry.SecondsFor(budget),
        };
    }
}
