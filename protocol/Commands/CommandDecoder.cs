using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Protocol.Commands;

/// <summary>Reads commands. Whatever is wrong with one is a value, never an exception.</summary>
internal static class CommandDecoder
{
    /// <summary>Reads a command that came on a topic which <see cref="Topics.TryParse"/> took apart.</summary>
    public static DecodedCommand Decode(Topics topics, in TopicAddress address, IncomingMessage message)
    {
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(message);
        var fault = TryGetReplyAddress(topics, message, out var replyTo);
        if (fault is not null)
        {
            return new DecodedCommand { Fault = fault };
        }

        var arguments = JsonText.EmptyObject;
        if (!message.Payload.IsEmpty && !JsonText.TryCreateObject(message.Payload, out arguments))
        {
            return new DecodedCommand { Fault = "the payload is not a JSON object", ReplyTo = replyTo };
        }

        var properties = default(CommandProperties);
        for (var at = 0; at < message.UserProperties.Count; at++)
        {
            fault = properties.Read(message.UserProperties[at]);
            if (fault is not null)
            {
                return new DecodedCommand { Fault = fault, ReplyTo = replyTo };
            }
        }

        // Its length is known to be in bounds: the reply address has been read.
        _ = CorrelationData.TryCreate(message.CorrelationData, out var correlation);
        if (properties.Run is not null && !correlation.TryGetCommandId(out _))
        {
            return new DecodedCommand { Fault = "a command of a run needs correlation data of 16 bytes", ReplyTo = replyTo };
        }

        var command = new CommandMessage
        {
            Device = address.Device,
            Command = address.Command,
            Arguments = arguments,
            ResponseTopic = replyTo?.Topic,
            Correlation = correlation,
            Budget = properties.Budget,
            Run = properties.Run,
            Step = properties.Step,
            Attempt = properties.Attempt,
            Epoch = properties.Epoch,
            TraceParent = properties.TraceParent,
            Acks = properties.Acks,
        };
        return new DecodedCommand { Command = command, ReplyTo = replyTo };
    }

    /// <summary>
    /// Where a request asks to be answered: null in <paramref name="replyTo"/> if it does not. Returns what is wrong with its
    /// Response Topic or Correlation Data, and null if nothing is.
    /// </summary>
    public static string? TryGetReplyAddress(Topics topics, IncomingMessage message, out ReplyAddress? replyTo)
    {
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(message);
        replyTo = null;
        if (!CorrelationData.TryCreate(message.CorrelationData, out var correlation))
        {
            return $"the correlation data is longer than {CorrelationData.MaxBytes} bytes";
        }

        if (message.ResponseTopic is null or "")
        {
            return null;
        }

        if (!topics.IsResponseTopic(message.ResponseTopic))
        {
            return "the response topic has wildcards, is too long or belongs to a device";
        }

        replyTo = new ReplyAddress(message.ResponseTopic, correlation);
        return null;
    }
}
