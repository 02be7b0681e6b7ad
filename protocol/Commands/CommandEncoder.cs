using System.Buffers.Text;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Protocol.Commands;

/// <summary>Makes messages of commands and acknowledgements.</summary>
internal static class CommandEncoder
{
    private static readonly UserProperty Accepted = UserProperty.Of(PropertyNames.Acks, "accepted");
    private static readonly UserProperty Running = UserProperty.Of(PropertyNames.Acks, "running");
    private static readonly UserProperty AcceptedAndRunning = UserProperty.Of(PropertyNames.Acks, "accepted,running");

    /// <summary>The message that carries a command.</summary>
    public static OutgoingMessage Encode(Topics topics, CommandMessage command)
    {
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(command);
        return new OutgoingMessage
        {
            Topic = topics.Command(command.Device, command.Command),
            Payload = command.Arguments.Utf8,
            ResponseTopic = command.ResponseTopic,
            CorrelationData = command.Correlation.Bytes,
            ExpirySeconds = command.Budget is { } budget ? MessageExpiry.SecondsFor(budget) : 0,
            UserProperties = Properties(command),
        };
    }

    /// <summary>The message that carries an acknowledgement.</summary>
    public static OutgoingMessage Encode(in ReplyAddress to, Acknowledgement acknowledgement)
    {
        ArgumentNullException.ThrowIfNull(acknowledgement);
        return new OutgoingMessage
        {
            Topic = to.Topic,
            Payload = acknowledgement.ToUtf8(),
            CorrelationData = to.Correlation.Bytes,
        };
    }

    private static List<UserProperty> Properties(CommandMessage command)
    {
        var properties = new List<UserProperty>(7);
        if (command.Budget is { } budget)
        {
            // Rounded up, so that a budget of less than a millisecond is not none.
            properties.Add(Integer(PropertyNames.BudgetMs, Math.Max(1, (long)Math.Ceiling(budget.TotalMilliseconds))));
        }

        if (command.Run is { } run)
        {
            properties.Add(UserProperty.Of(PropertyNames.Run, run.ToString()));
        }

        if (command.Step is { } step)
        {
            properties.Add(UserProperty.Of(PropertyNames.Step, step));
        }

        if (command.Attempt is { } attempt)
        {
            properties.Add(Integer(PropertyNames.Attempt, attempt));
        }

        if (command.Epoch is { } epoch)
        {
            properties.Add(Integer(PropertyNames.Epoch, epoch));
        }

        if (command.TraceParent is { } parent)
        {
            properties.Add(UserProperty.Of(PropertyNames.TraceParent, parent));
        }

        if (command.Acks != AcknowledgementPhases.None)
        {
            properties.Add(command.Acks switch
            {
                AcknowledgementPhases.Accepted => Accepted,
                AcknowledgementPhases.Running => Running,
                _ => AcceptedAndRunning,
            });
        }

        return properties;
    }

    private static UserProperty Integer(string name, long value)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out var length);
        return new UserProperty(name, digits[..length].ToArray());
    }
}
