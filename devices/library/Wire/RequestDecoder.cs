using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Devices.Wire;

/// <summary>Makes requests to a device of messages. A message that does not follow the contract is a request to reject it.</summary>
internal static class RequestDecoder
{
    /// <param name="topics">The topics.</param>
    /// <param name="address">Which of them the message came on.</param>
    /// <param name="message">The message.</param>
    /// <param name="traceParent">The span that it belongs to; null: none.</param>
    public static CommandRequest Decode(Topics topics, in TopicAddress address, IncomingMessage message, out string? traceParent)
    {
        traceParent = null;
        var name = address.Command.ToString();
        var decoded = CommandDecoder.Decode(topics, address, message);
        if (!decoded.IsCommand)
        {
            return Malformed(name, decoded.Fault, decoded.ReplyTo);
        }

        var command = decoded.Command;
        traceParent = command.TraceParent;
        if (!TryReadArguments(command.Arguments.Utf8.Span, out var arguments, out var fault))
        {
            return Malformed(name, fault, decoded.ReplyTo) with { Run = command.Run?.ToString(), Epoch = command.Epoch, Attempt = command.Attempt };
        }

        return new CommandRequest
        {
            Command = name,
            Arguments = arguments,
            Key = KeyOf(command.Correlation),
            ReplyTo = command.ResponseTopic,
            WantsAccepted = command.Acks.HasFlag(AcknowledgementPhases.Accepted),
            WantsRunning = command.Acks.HasFlag(AcknowledgementPhases.Running),
            Run = command.Run?.ToString(),
            Epoch = command.Epoch,
            Attempt = command.Attempt,
            Budget = command.Budget,
        };
    }

    private static CommandRequest Malformed(string command, string? fault, ReplyAddress? replyTo) => new()
    {
        Command = command,
        Arguments = ValueMap.Empty,
        Malformed = fault,
        Key = replyTo is { } address ? KeyOf(address.Correlation) : null,
        ReplyTo = replyTo?.Topic,
    };

    private static bool TryReadArguments(ReadOnlySpan<byte> json, out ValueMap arguments, out string? fault)
    {
        arguments = ValueMap.Empty;
        fault = null;
        if (json is [(byte)'{', (byte)'}'])
        {
            return true;
        }

        if (!Value.TryParseJson(json, out var value, out fault))
        {
            return false;
        }

        // The decoder has seen that it is an object.
        arguments = value.AsMap;
        return true;
    }

    private static CommandKey? KeyOf(CorrelationData correlation) =>
        correlation.IsEmpty ? null : CommandKey.Of(correlation.Bytes.Span);
}
