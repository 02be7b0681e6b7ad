using IotMqtt.Lifecycle;
using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;
using IotMqtt.Testing;

namespace IotMqtt.Devices.Tests.Lifecycle;

/// <summary>What a requester has received at its addresses, in order, and the device's last retained state.</summary>
internal sealed class Mailbox(Topics topics) : ILinkHandler
{
    private readonly Lock _gate = new();
    private readonly List<Letter> _letters = [];
    private ValueMap? _state;

    public static IReadOnlyList<string> Addresses { get; } = ["desk", "first", "second"];

    public ValueMap? State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    public IReadOnlyList<string> Leftovers
    {
        get
        {
            lock (_gate)
            {
                return [.. _letters.Select(letter => $"{letter.Answer.Status} of {letter.Correlation} at {letter.To}")];
            }
        }
    }

    public async Task<Answer> TakeAsync(string to, CorrelationData correlation, string reason, CancellationToken cancellationToken)
    {
        Answer? taken = null;
        await Eventually.Async(
            reason,
            () => (taken = TryTake(to, correlation)) is not null,
            cancellationToken,
            () => string.Join(", ", Leftovers));
        return taken!;
    }

    void ILinkHandler.OnStatus(MqttLink link, LinkStatus status)
    {
    }

    void ILinkHandler.OnMessage(MqttLink link, IncomingMessage message)
    {
        if (!topics.TryParse(message.Topic, out var address))
        {
            return;
        }

        lock (_gate)
        {
            if (address.Kind == TopicKind.State)
            {
                Assert.True(MessageJson.TryParse(message.Payload.Span, out DeviceState? state, out _));
                _state = Read(state.Properties).AsMap;
            }
            else if (Acknowledgement.TryParse(message.Payload, out var acknowledgement, out _))
            {
                _ = CorrelationData.TryCreate(message.CorrelationData, out var correlation);
                _letters.Add(new Letter(address.Client.ToString(), correlation, ToAnswer(acknowledgement)));
            }
        }
    }

    private Answer? TryTake(string to, CorrelationData correlation)
    {
        lock (_gate)
        {
            var at = _letters.FindIndex(letter => letter.To == to && letter.Correlation == correlation);
            if (at < 0)
            {
                return null;
            }

            var answer = _letters[at].Answer;
            _letters.RemoveAt(at);
            return answer;
        }
    }

    private static Answer ToAnswer(Acknowledgement acknowledgement) => new()
    {
        Status = Enum.Parse<CommandStatus>(acknowledgement.Status.ToString()),
        Epoch = acknowledgement.Epoch,
        Attempt = acknowledgement.Attempt,
        Result = acknowledgement.Result.IsAbsent ? Value.Null : Read(acknowledgement.Result),
        Changed = acknowledgement.State.IsAbsent ? null : Read(acknowledgement.State).AsMap,
        Revision = acknowledgement.Revision,
        Accepted = Moment(acknowledgement.Times.Accepted),
        Started = Moment(acknowledgement.Times.Started),
        Done = Moment(acknowledgement.Times.Done),
        ErrorCode = acknowledgement.Error?.Code,
        ErrorMessage = acknowledgement.Error?.Message,
    };

    private static TimeSpan? Moment(DeviceTime? time) => time is { } known ? TimeSpan.FromMicroseconds(known.UnixMicroseconds) : null;

    private static Value Read(JsonText json)
    {
        Assert.True(Value.TryParseJson(json.Utf8.Span, out var value, out var error), error);
        return value;
    }

    private sealed record Letter(string To, CorrelationData Correlation, Answer Answer);
}
