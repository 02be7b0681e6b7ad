using System.Collections.Concurrent;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Runner.Tests.Support;

/// <summary>
/// A device written by hand over a link, so that it can do what a real one should not: say nothing, say it twice, say it late, say
/// nonsense. By itself it takes part in runs and carries everything out at once.
/// </summary>
internal sealed class FakeDevice : ILinkHandler, IAsyncDisposable
{
    private static readonly Topics Topics = Topics.Default;

    private readonly ConcurrentDictionary<CommandId, Acknowledgement> _ledger = new();
    private readonly ConcurrentQueue<(ControlVerb Verb, IncomingMessage Message)> _unanswered = new();
    private readonly MqttLink _link;

    private FakeDevice(string id, BrokerUrl broker)
    {
        Id = DeviceId.Parse(id);
        _link = new MqttLink(
            new MqttLinkOptions
            {
                Url = broker,
                ClientId = $"fake-{id}",
                Will = Status(Presence.Offline),
                BackOff = new BackOff { Initial = TimeSpan.FromMilliseconds(20), Max = TimeSpan.FromMilliseconds(100) },
            },
            this,
            new LinkEnvironment(),
            new Subscription(Topics.CommandFilter(Id)) { WithRetained = false },
            new Subscription(Topics.ControlFilter(Id)) { WithRetained = false });
    }

    public DeviceId Id { get; }

    public LedgerGeneration Ledger { get; set; } = LedgerGeneration.Parse("ledger-1");

    public Incarnation Incarnation { get; set; } = Incarnation.Parse("life-1");

    /// <summary>The commands that came, re-sends included.</summary>
    public ConcurrentQueue<CommandMessage> Commands { get; } = new();

    /// <summary>What came over its control topics.</summary>
    public ConcurrentQueue<ControlVerb> Controls { get; } = new();

    /// <summary>What it does with a command; null: <see cref="Succeed"/>.</summary>
    public Action<FakeDevice, CommandMessage>? OnCommand { get; set; }

    /// <summary>Whether it answers to what comes over its control topics.</summary>
    public bool IsAnsweringControl { get; set; } = true;

    /// <summary>Why it takes part in no run; null: it does.</summary>
    public string? Refusal { get; set; }

    public static async Task<FakeDevice> StartAsync(string id, BrokerUrl broker, CancellationToken cancellationToken)
    {
        var device = new FakeDevice(id, broker);
        await device._link.ConnectAsync(cancellationToken);
        return device;
    }

    /// <summary>Carries it out, and says so to everybody who asks again.</summary>
    public void Succeed(CommandMessage command) => Publish(CommandEncoder.Encode(command.ReplyTo!.Value, Remember(command)));

    /// <summary>Carries it out, and says so only to those who ask again.</summary>
    public Acknowledgement Remember(CommandMessage command)
    {
        var now = DeviceTime.Now(TimeProvider.System);
        var done = new Acknowledgement
        {
            Status = AcknowledgementStatus.Succeeded,
            Epoch = command.Epoch,
            Attempt = command.Attempt,
            Revision = Commands.Count,
            Times = new AcknowledgementTimes(now, now, now),
        };
        if (command.Correlation.TryGetCommandId(out var id))
        {
            _ledger[id] = done;
        }

        return done;
    }

    /// <summary>Publishes anything.</summary>
    public void Publish(OutgoingMessage message) => _link.Post(message);

    /// <summary>Loses its connection without a goodbye, and connects again.</summary>
    public void Cut() => _link.Cut();

    /// <summary>Is killed: no goodbye, and it does not come back.</summary>
    public void Die()
    {
        _link.Cut();
        _ = _link.CloseAsync(CancellationToken.None);
    }

    /// <summary>Publishes its state.</summary>
    public void PublishState(string properties, long revision) => Publish(new OutgoingMessage
    {
        Topic = Topics.State(Id),
        Payload = MessageJson.ToUtf8(new DeviceState { Properties = JsonText.Parse(properties), Revision = revision, Incarnation = Incarnation }),
        Retain = true,
    });

    /// <summary>Dies: a new life, and a ledger that knows nothing, at the next connection.</summary>
    public void Forget(string life)
    {
        _ledger.Clear();
        Incarnation = Incarnation.Parse($"life-{life}");
        Ledger = LedgerGeneration.Parse($"ledger-{life}");
    }

    /// <summary>Answers to what it has not answered.</summary>
    public void AnswerControl()
    {
        IsAnsweringControl = true;
        while (_unanswered.TryDequeue(out var late))
        {
            AnswerControl(late.Verb, late.Message);
        }
    }

    /// <summary>Says that it is gone, while it is still connected.</summary>
    public void SayOffline() => Publish(Status(Presence.Offline));

    /// <summary>Says that it is there, as after a connection that nobody saw break.</summary>
    public void SayOnline() => Publish(Status(Presence.Online));

    public void OnMessage(MqttLink link, IncomingMessage message)
    {
        Assert.True(Topics.TryParse(message.Topic, out var address));
        if (address.Kind == TopicKind.Control)
        {
            Controls.Enqueue(address.Verb);
            AnswerControl(address.Verb, message);
            return;
        }

        var command = CommandDecoder.Decode(Topics, address, message).Command!;
        Commands.Enqueue(command);
        if (command.Correlation.TryGetCommandId(out var id) && _ledger.TryGetValue(id, out var known))
        {
            Publish(CommandEncoder.Encode(command.ReplyTo!.Value, known));
        }
        else if (OnCommand is { } own)
        {
            own(this, command);
        }
        else
        {
            Succeed(command);
        }
    }

    public void OnStatus(MqttLink link, LinkStatus status)
    {
        if (status.State == LinkState.Connected)
        {
            PublishState("{\"on\":false}", 0);
            Publish(Status(Presence.Online));
        }
    }

    public async ValueTask DisposeAsync() => await _link.DisposeAsync();

    private void AnswerControl(ControlVerb verb, IncomingMessage message)
    {
        if (!IsAnsweringControl)
        {
            _unanswered.Enqueue((verb, message));
            return;
        }

        CommandDecoder.TryGetReplyAddress(Topics, message, out var replyTo);
        Publish(CommandEncoder.Encode(replyTo!.Value, verb switch
        {
            ControlVerb.Register when Refusal is { } refusal => Acknowledgement.Rejected(ErrorCodes.StaleEpoch, refusal),
            ControlVerb.Register when MessageJson.TryParse(message.Payload.Span, out RegisterRequest? request, out _) =>
                new RegisterReply(Incarnation, Ledger, request.Epoch).ToAcknowledgement(),
            ControlVerb.Query when MessageJson.TryParse(message.Payload.Span, out QueryRequest? request, out _) => Known(request.Id, AcknowledgementStatus.Unknown),
            ControlVerb.Cancel when MessageJson.TryParse(message.Payload.Span, out CancelRequest? request, out _) => Known(request.Id, AcknowledgementStatus.Cancelled),
            _ => Acknowledgement.Rejected(ErrorCodes.Malformed, "it cannot be read"),
        }));
    }

    private Acknowledgement Known(CommandId id, AcknowledgementStatus otherwise) =>
        (_ledger.TryGetValue(id, out var known) ? known : new Acknowledgement { Status = otherwise }) with { Ledger = Ledger };

    private OutgoingMessage Status(Presence presence) => new()
    {
        Topic = Topics.Status(Id),
        Payload = MessageJson.ToUtf8(new DeviceStatus { State = presence, Incarnation = Incarnation, Ledger = Ledger }),
        Retain = true,
    };
}
