using System.Collections.Concurrent;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;
using IotMqtt.Testing;

namespace IotMqtt.Protocol.Tests.Commands;

/// <summary>Request and reply over Mosquitto, with a device that the test plays.</summary>
public sealed class RequesterTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private static readonly DeviceId Device = DeviceId.Parse("toilet");
    private static readonly ClientId Client = ClientId.Parse("tester");

    private readonly TestLog _log = new();
    private readonly LinkEnvironment _environment;
    private readonly Runs _runs = new();
    private readonly Requester _requester;

    public RequesterTests()
    {
        _environment = new LinkEnvironment(loggerFactory: _log);
        _requester = new Requester(Topics.Default, Client, _environment, _runs);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static CommandMessage Flush => new() { Device = Device, Command = CommandName.Parse("flush") };

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task The_terminal_acknowledgement_answers_and_phases_are_reported()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var device = await DeviceAsync(broker, (link, command) =>
        {
            Acknowledge(link, command, new Acknowledgement { Status = AcknowledgementStatus.Accepted });
            Acknowledge(link, command, new Acknowledgement { Status = AcknowledgementStatus.Running, Progress = 0.5 });
            Acknowledge(link, command, new Acknowledgement { Status = AcknowledgementStatus.Succeeded, Result = JsonText.Parse("7") });
        });
        await using var link = await LinkAsync(broker);
        var phases = new Phases();

        var reply = await _requester.SendAsync(
            link, Flush with { Acks = AcknowledgementPhases.Accepted | AcknowledgementPhases.Running }, Long, phases, Cancellation);

        Assert.True(reply.IsAnswered);
        Assert.Equal("7", reply.Acknowledgement.Result.ToString());
        Assert.Equal([AcknowledgementStatus.Accepted, AcknowledgementStatus.Running], phases.Seen);
    }

    [Fact]
    public async Task Many_at_once_get_each_its_own_answer()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation, new MosquittoOptions { Lines = ["max_queued_messages 0"] });
        await using var device = await DeviceAsync(broker, (link, command) =>
            Acknowledge(link, command, new Acknowledgement { Status = AcknowledgementStatus.Succeeded, Result = command.Arguments }));
        await using var link = await LinkAsync(broker);

        var replies = await Task.WhenAll(Enumerable.Range(0, 500).Select(async number =>
        {
            var command = Flush with { Arguments = JsonText.Parse($$"""{"n":{{number}}}""") };
            var reply = await _requester.SendAsync(link, command, Long, null, Cancellation);
            return (command.Arguments, reply.Acknowledgement?.Result);
        }));

        Assert.All(replies, reply => Assert.Equal(reply.Arguments, reply.Result));
    }

    [Fact]
    public async Task A_device_that_is_not_there_is_unreachable()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var link = await LinkAsync(broker);

        var reply = await _requester.SendAsync(link, Flush, Long, null, Cancellation);

        Assert.Equal(ReplyOutcome.Unreachable, reply.Outcome);
    }

    [Fact]
    public async Task A_device_that_never_answers_is_not_waited_for_for_ever()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var device = await DeviceAsync(broker, (_, _) => { });
        await using var link = await LinkAsync(broker);

        var reply = await _requester.SendAsync(link, Flush, TimeSpan.FromMilliseconds(100), null, Cancellation);

        Assert.Equal(ReplyOutcome.TimedOut, reply.Outcome);
    }

    [Fact]
    public async Task Without_a_connection_nothing_is_sent()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var link = await LinkAsync(broker);
        await link.CloseAsync(Cancellation);

        var reply = await _requester.SendAsync(link, Flush, Long, null, Cancellation);

        Assert.Equal(ReplyOutcome.NotSent, reply.Outcome);
    }

    [Fact]
    public async Task A_registration_is_requested_and_read()
    {
        var given = new RegisterReply(Incarnation.Parse("i1"), LedgerGeneration.Parse("g1"), 4);
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var device = await ControlledAsync(broker, (verb, message) =>
            verb == ControlVerb.Register
            && MessageJson.TryParse(message.Payload.Span, out RegisterRequest? request, out _)
            && request.Epoch == 4
                ? given.ToAcknowledgement()
                : Acknowledgement.Rejected(ErrorCodes.Malformed, "?"));
        await using var link = await LinkAsync(broker);

        var reply = await _requester.RegisterAsync(link, Device, new RegisterRequest { Run = RunId.Parse("r"), Epoch = 4 }, Long, Cancellation);

        Assert.True(reply.IsAnswered);
        Assert.True(RegisterReply.TryFrom(reply.Acknowledgement, out var read));
        Assert.Equal(given, read);
    }

    [Fact]
    public async Task Query_and_cancel_carry_the_command_that_they_are_about()
    {
        var id = new CommandId(99);
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var device = await ControlledAsync(broker, (verb, message) => verb switch
        {
            ControlVerb.Query when MessageJson.TryParse(message.Payload.Span, out QueryRequest? query, out _) && query.Id == id =>
                new Acknowledgement { Status = AcknowledgementStatus.Unknown, Ledger = LedgerGeneration.Parse("g1") },
            ControlVerb.Cancel when MessageJson.TryParse(message.Payload.Span, out CancelRequest? cancel, out _) && cancel.Id == id =>
                new Acknowledgement { Status = AcknowledgementStatus.Cancelled },
            _ => Acknowledgement.Rejected(ErrorCodes.Malformed, "?"),
        });
        await using var link = await LinkAsync(broker);

        var query = await _requester.QueryAsync(link, Device, new QueryRequest { Id = id, Run = RunId.Parse("r"), Epoch = 1 }, Long, Cancellation);
        var cancel = await _requester.CancelAsync(link, Device, new CancelRequest { Id = id }, Long, Cancellation);

        Assert.Equal(AcknowledgementStatus.Unknown, query.Acknowledgement?.Status);
        Assert.Equal(AcknowledgementStatus.Cancelled, cancel.Acknowledgement?.Status);
    }

    [Fact]
    public void Answers_to_others_go_on_and_malformed_ones_are_logged_and_dropped()
    {
        var answer = new IncomingMessage
        {
            Topic = Topics.Default.Ack(Client, Device),
            Payload = """{"status":"succeeded"}"""u8.ToArray(),
            CorrelationData = new CommandId(1).ToArray(),
        };

        Assert.True(_requester.TryReceive(answer));
        Assert.True(_requester.TryReceive(answer with { Payload = "nonsense"u8.ToArray() }));
        Assert.True(_requester.TryReceive(answer with { CorrelationData = default }));
        Assert.True(_requester.TryReceive(answer with { CorrelationData = new byte[65] }));
        Assert.True(_requester.TryReceive(answer with { Retained = true }));
        Assert.False(_requester.TryReceive(answer with { Topic = Topics.Default.Status(Device) }));

        var received = Assert.Single(_runs.Seen);
        Assert.Equal(Device, received.Device);
        Assert.True(received.Correlation.TryGetCommandId(out var id) && id == new CommandId(1));
        Assert.Equal(4, _log.Entries.Count(entry => entry.EventId == 4101));
    }

    private static void Acknowledge(MqttLink link, CommandMessage command, Acknowledgement acknowledgement) =>
        link.Post(CommandEncoder.Encode(command.ReplyTo!.Value, acknowledgement));

    private async Task<MqttLink> LinkAsync(MosquittoBroker broker)
    {
        var link = new MqttLink(
            new MqttLinkOptions { Url = BrokerUrl.Parse(broker.Url), ClientId = "tester" },
            new Handler((_, message) => _requester.TryReceive(message)),
            _environment,
            _requester.Subscription);
        await link.ConnectAsync(Cancellation);
        return link;
    }

    private Task<MqttLink> DeviceAsync(MosquittoBroker broker, Action<MqttLink, CommandMessage> carryOut) =>
        DeviceAsync(broker, Topics.Default.CommandFilter(Device), (link, address, message) =>
        {
            var decoded = CommandDecoder.Decode(Topics.Default, address, message);
            Assert.True(decoded.IsCommand, decoded.Fault);
            carryOut(link, decoded.Command);
        });

    private Task<MqttLink> ControlledAsync(MosquittoBroker broker, Func<ControlVerb, IncomingMessage, Acknowledgement> answer) =>
        DeviceAsync(broker, Topics.Default.ControlFilter(Device), (link, address, message) =>
        {
            Assert.Null(CommandDecoder.TryGetReplyAddress(Topics.Default, message, out var replyTo));
            link.Post(CommandEncoder.Encode(replyTo!.Value, answer(address.Verb, message)));
        });

    private async Task<MqttLink> DeviceAsync(MosquittoBroker broker, string filter, Action<MqttLink, TopicAddress, IncomingMessage> handle)
    {
        var link = new MqttLink(
            new MqttLinkOptions { Url = BrokerUrl.Parse(broker.Url), ClientId = "toilet" },
            new Handler((link, message) =>
            {
                Assert.True(Topics.Default.TryParse(message.Topic, out var address));
                handle(link, address, message);
            }),
            _environment,
            new Subscription(filter) { WithRetained = false });
        await link.ConnectAsync(Cancellation);
        return link;
    }

    private sealed class Handler(Action<MqttLink, IncomingMessage> onMessage) : ILinkHandler
    {
        public void OnMessage(MqttLink link, IncomingMessage message) => onMessage(link, message);

        public void OnStatus(MqttLink link, LinkStatus status)
        {
        }
    }

    private sealed class Runs : IAcknowledgementSink
    {
        public ConcurrentQueue<ReceivedAcknowledgement> Seen { get; } = new();

        public void OnAcknowledgement(in ReceivedAcknowledgement received) => Seen.Enqueue(received);
    }

    private sealed class Phases : IProgress<Acknowledgement>
    {
        public List<AcknowledgementStatus> Seen { get; } = [];

        public void Report(Acknowledgement value) => Seen.Add(value.Status);
    }
}
