using System.Text;
using IotMqtt.Devices.Tests.Support;
using IotMqtt.Lifecycle;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Fleets;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;
using IotMqtt.Testing;

namespace IotMqtt.Devices.Tests.Fleet;

/// <summary>What a worker is to the world around it, the same on every broker.</summary>
public abstract class FleetSuite : IDisposable
{
    protected abstract BrokerUrl Broker { get; }

    protected TestLog Log { get; } = new();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fleet_that_has_started_is_retained_with_status_meta_state_and_model()
    {
        await using var host = await StartAsync("start", ["a", "b"]);
        await using var observer = await Observer.StartAsync(Broker, RootTopic.Parse("start"), Cancellation);
        foreach (var device in new[] { "a", "b" })
        {
            await observer.AwaitAsync(device, Presence.Online, Cancellation);
            await Eventually.Async("meta and state are retained", () => observer.MetaOf(device) is not null && observer.StateOf(device) is not null, Cancellation);
            Assert.Equal(host.Incarnation, observer.StatusOf(device)!.Incarnation);
            Assert.NotNull(observer.StatusOf(device)!.Ledger);
            Assert.Equal("bench", observer.MetaOf(device)!.Model);
            Assert.Equal(0, observer.StateOf(device)!.Revision);
        }

        var model = observer.Topics.Model(observer.MetaOf("a")!.Hash);
        await Eventually.Async("the model is retained", () => observer.Last(model) is not null, Cancellation);
        Assert.True(ModelJson.TryRead(observer.Last(model)!.Payload.Span, out var read, out var error), error);
        Assert.Equal("bench", read!.Name);
        Assert.Equal(2, host.Online);
    }

    [Fact]
    public async Task A_second_worker_with_the_same_devices_stays_away_until_the_first_is_gone()
    {
        Log.Expect(2017);
        var first = await StartAsync("rivals", ["a", "b"]);
        await using var second = await StartAsync("rivals", ["a", "b", "c"]);
        await using var observer = await Observer.StartAsync(Broker, RootTopic.Parse("rivals"), Cancellation);
        await observer.AwaitAsync("c", Presence.Online, Cancellation);
        Assert.Equal((2, 2, 1), (second.Taken, second.StandingBy, second.Online));
        Assert.Equal(2, first.Online);
        Assert.Equal(first.Incarnation, observer.StatusOf("a")!.Incarnation);

        await first.DisposeAsync();
        await Eventually.Async("the second has them all", () => second is { Taken: 0, Online: 3 }, Cancellation);
        await Eventually.Async("and says so", () => observer.StatusOf("a") is { State: Presence.Online } status && status.Incarnation == second.Incarnation, Cancellation);
    }

    [Fact]
    public async Task Two_workers_that_take_each_other_s_devices_do_not_fight_for_ever_and_the_first_keeps_them()
    {
        Log.Expect(2003).Expect(4004).Expect(4002).Expect(4003).Expect(2017);
        await using var first = await StartAsync("fight", ["a", "b"]);

        // It does not look first, as two that start at the same moment.
        await using var second = await StartAsync("fight", ["a", "b"], options => options with { LooksForRivals = false });
        await using var third = await StartAsync("fight", ["a", "b"]);
        await Eventually.Async("one of them has the devices", () => first.Online + second.Online + third.Online == 2, Cancellation, () => (first.Online, second.Online, third.Online));
        await using var observer = await Observer.StartAsync(Broker, RootTopic.Parse("fight"), Cancellation);
        await observer.AwaitAsync("a", Presence.Online, Cancellation);
        await observer.AwaitAsync("b", Presence.Online, Cancellation);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Of_two_workers_that_start_together_one_serves_and_the_other_follows_it(int round)
    {
        Log.Expect(2003).Expect(4004).Expect(4002).Expect(4003).Expect(2017);
        var both = await Task.WhenAll(StartAsync($"twins{round}", ["a", "b", "c"]), StartAsync($"twins{round}", ["a", "b", "c"]));
        await using var observer = await Observer.StartAsync(Broker, RootTopic.Parse($"twins{round}"), Cancellation);
        await Eventually.Async("all are served", () => both.Sum(host => host.Online) == 3, Cancellation, () => string.Join(' ', both.Select(host => (host.Online, host.Taken))));
        var (first, second) = both[0].Online >= both[1].Online ? (both[0], both[1]) : (both[1], both[0]);

        await first.DisposeAsync();
        await Eventually.Async("the other follows", () => second.Online == 3, Cancellation, () => (second.Online, second.Taken, second.StandingBy));
        await second.DisposeAsync();
    }

    [Fact]
    public async Task A_fleet_that_may_not_wait_is_refused_with_the_ids_that_are_taken()
    {
        await using var first = await StartAsync("refused", ["a", "b"]);

        var thrown = await Assert.ThrowsAsync<DeviceFleetException>(() => StartAsync("refused", ["b", "c"], options => options with { RefusesTaken = true }));

        Assert.Equal(DeviceFleetErrorKind.InvalidInput, thrown.Kind);
        Assert.StartsWith("1 of 2 devices are there already under refused, hosted by another worker: b.", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(2, first.Online);
    }

    [Fact]
    public async Task What_is_retained_of_a_worker_that_is_gone_keeps_nobody_away()
    {
        await using var observer = await Observer.StartAsync(Broker, RootTopic.Parse("stale"), Cancellation);
        var stale = new OutgoingMessage
        {
            Topic = observer.Topics.Status(DeviceId.Parse("a")),
            Payload = MessageJson.ToUtf8(new DeviceStatus { State = Presence.Online, Incarnation = Incarnation.Parse("0123") }),
            Retain = true,
        };
        Assert.True((await observer.Link.PublishAsync(stale, Cancellation)).IsTaken);

        await using var host = await StartAsync("stale", ["a"], options => options with { RefusesTaken = true });

        Assert.Equal(1, host.Online);
    }

    [Fact]
    public async Task A_clean_stop_says_offline_itself_and_no_will_follows()
    {
        var host = await StartAsync("stop", ["a", "b"]);
        await using var observer = await Observer.StartAsync(Broker, RootTopic.Parse("stop"), Cancellation);
        await observer.AwaitAsync("a", Presence.Online, Cancellation);
        await observer.AwaitAsync("b", Presence.Online, Cancellation);
        await host.StopAsync(Cancellation);
        await observer.AwaitAsync("a", Presence.Offline, Cancellation);
        await observer.AwaitAsync("b", Presence.Offline, Cancellation);

        // A will has no time in it: it is written before it is true.
        Assert.NotNull(observer.StatusOf("a")!.At);
        Assert.Equal(2, observer.CountOf(observer.Topics.Status(DeviceId.Parse("a"))));
        Assert.Equal(0, host.Online);
    }

    [Fact]
    public async Task The_last_state_goes_out_before_the_goodbye()
    {
        var host = await StartAsync("flush", ["a"], options => options with { StateInterval = TimeSpan.FromHours(1) });
        await using var observer = await Observer.StartAsync(Broker, RootTopic.Parse("flush"), Cancellation);
        await observer.AwaitAsync("a", Presence.Online, Cancellation);
        await observer.CommandAsync("a", "park", Cancellation, "flush/replies");
        await Eventually.Async("the command is acknowledged", () => observer.Last("flush/replies") is not null, Cancellation);
        Assert.Equal(0, observer.StateOf("a")?.Revision ?? 0);
        await host.StopAsync(Cancellation);
        await observer.AwaitAsync("a", Presence.Offline, Cancellation);

        Assert.Equal(1, observer.StateOf("a")!.Revision);
    }

    [Fact]
    public async Task States_in_quick_succession_go_out_as_few_and_the_last_always_does()
    {
        const int Commands = 200;
        await using var host = await StartAsync("coalesce", ["a"]);
        await using var observer = await Observer.StartAsync(Broker, RootTopic.Parse("coalesce"), Cancellation);
        await observer.AwaitAsync("a", Presence.Online, Cancellation);
        await Task.WhenAll(Enumerable.Range(0, Commands).Select(_ => observer.CommandAsync("a", "bump", Cancellation)));
        await Eventually.Async("the last state is there", () => observer.StateOf("a")?.Revision == Commands, Cancellation, () => observer.StateOf("a"));

        Assert.True(observer.CountOf(observer.Topics.State(DeviceId.Parse("a"))) < Commands, "each state went out on its own");
    }

    [Fact]
    public async Task A_device_that_is_lost_leaves_its_will_and_comes_back()
    {
        await using var host = await StartAsync("lost", ["a"]);
        await using var observer = await Observer.StartAsync(Broker, RootTopic.Parse("lost"), Cancellation);
        await observer.AwaitAsync("a", Presence.Online, Cancellation);
        await FaultAsync(observer, "a", """{"key":"f","fault":{"disconnect":"1s"}}""");
        await observer.AwaitAsync("a", Presence.Offline, Cancellation);
        Assert.Null(observer.StatusOf("a")!.At);
        Assert.Equal(host.Incarnation, observer.StatusOf("a")!.Incarnation);
        await observer.AwaitAsync("a", Presence.Online, Cancellation);
        await observer.CommandAsync("a", "bump", Cancellation);
        await Eventually.Async("it takes commands again", () => observer.StateOf("a")?.Revision == 1, Cancellation);
    }

    [Fact]
    public async Task A_command_whose_answer_would_be_a_command_is_not_carried_out()
    {
        await using var host = await StartAsync("refused", ["a"]);
        await using var observer = await Observer.StartAsync(Broker, RootTopic.Parse("refused"), Cancellation);
        await observer.AwaitAsync("a", Presence.Online, Cancellation);
        await observer.CommandAsync("a", "bump", Cancellation, "refused/devices/a/cmd/bump");
        await observer.CommandAsync("a", "park", Cancellation, "refused/replies");
        await Eventually.Async("the next one is acknowledged", () => observer.Last("refused/replies") is not null, Cancellation);
        Assert.True(Acknowledgement.TryParse(observer.Last("refused/replies")!.Payload, out var acknowledgement, out var reason), reason);
        Assert.Equal(1, acknowledgement.Revision);
    }

    [Fact]
    public async Task A_command_that_was_retained_is_not_meant_for_now()
    {
        await using var observer = await Observer.StartAsync(Broker, RootTopic.Parse("retained"), Cancellation);
        await observer.CommandAsync("a", "bump", Cancellation, retain: true);
        await using var host = await StartAsync("retained", ["a"]);
        await observer.CommandAsync("a", "park", Cancellation, "retained/replies");
        await Eventually.Async("the next one is acknowledged", () => observer.Last("retained/replies") is not null, Cancellation);
        Assert.True(Acknowledgement.TryParse(observer.Last("retained/replies")!.Payload, out var acknowledgement, out var reason), reason);
        Assert.Equal(1, acknowledgement.Revision);
    }

    [Theory]
    [InlineData("register", "not json")]
    [InlineData("register", "{}")]
    [InlineData("query", """{"id":"xyz","run":"r","epoch":1}""")]
    [InlineData("cancel", "[]")]
    [InlineData("fault", """{"key":"f","fault":{"latnecy":"2s"}}""")]
    [InlineData("fault", """{"key":"","fault":{"latency":"2s"}}""")]
    public async Task A_control_message_that_is_none_is_told_so(string verb, string payload)
    {
        await using var host = await StartAsync("malformed", ["a"]);
        await using var observer = await Observer.StartAsync(Broker, RootTopic.Parse("malformed"), Cancellation);
        var acknowledgement = await ControlAsync(observer, "a", verb, payload);

        Assert.Equal(AcknowledgementStatus.Rejected, acknowledgement.Status);
        Assert.Equal(ErrorCodes.Malformed, acknowledgement.Error!.Code);
    }

    [Fact]
    public async Task Two_thousand_devices_in_one_worker_are_registered_and_commanded_once_each()
    {
        const int Devices = 2000;
        await using var host = await StartAsync("many", [.. Enumerable.Range(0, Devices).Select(n => $"d{n}")]);
        Assert.Equal(Devices, host.Online);
        var sink = new CountingSink();
        var topics = new Topics(RootTopic.Parse("many"));
        var client = ClientId.Parse("desk");
        var environment = new LinkEnvironment();
        var receiver = new AcknowledgementReceiver(topics, client, sink, environment);
        await using var link = new MqttLink(
            new MqttLinkOptions { Url = Broker, ClientId = "many-desk" }, new ReceiverHandler(receiver), environment, receiver.Subscription);
        await link.ConnectAsync(Cancellation);
        for (var n = 0; n < Devices; n++)
        {
            var device = DeviceId.Parse($"d{n}");
            var replyTo = new ReplyAddress(topics.Ack(client, device), CorrelationData.From(new CommandId((UInt128)n)));
            link.Post(ControlEncoder.Encode(topics, device, new RegisterRequest { Run = RunId.Parse("r"), Epoch = 1 }, replyTo, TimeSpan.FromMinutes(1)));
        }

        await Eventually.Async("all have registered", () => sink.Succeeded == Devices, Cancellation, () => sink.Succeeded);
        for (var n = 0; n < Devices; n++)
        {
            var device = DeviceId.Parse($"d{n}");
            link.Post(CommandEncoder.Encode(topics, new CommandMessage
            {
                Device = device,
                Command = CommandName.Parse("bump"),
                ResponseTopic = topics.Ack(client, device),
                Correlation = CorrelationData.From(new CommandId((UInt128)(Devices + n))),
                Run = RunId.Parse("r"),
                Epoch = 1,
                Budget = TimeSpan.FromMinutes(1),
            }));
        }

        await Eventually.Async("all have done it", () => sink.Succeeded == 2 * Devices, Cancellation, () => sink.Succeeded);
        await host.StopAsync(Cancellation);
        Assert.Equal(0, host.Online);
    }

    public void Dispose()
    {
        // An error that no test expected fails it.
        Log.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task<DeviceFleetHost> StartAsync(string root, string[] devices, Func<DeviceFleetOptions, DeviceFleetOptions>? change = null)
    {
        var model = Bench.Fleet.Devices[0].Model;
        var fleet = new FleetDefinition { Name = root, Devices = [.. devices.Select(device => Bench.Device(device, model))] };
        var options = new DeviceFleetOptions { Broker = Broker, Root = RootTopic.Parse(root), ClientIdPrefix = $"{root}-", ConnectTimeout = Eventually.Limit };
        return await DeviceFleetHost.StartAsync(fleet, change?.Invoke(options) ?? options, Log, TimeProvider.System, Cancellation);
    }

    private static async Task FaultAsync(Observer observer, string device, string payload)
    {
        var topic = observer.Topics.Control(DeviceId.Parse(device), ControlVerb.Fault);
        Assert.True((await observer.Link.PublishAsync(new OutgoingMessage { Topic = topic, Payload = Encoding.UTF8.GetBytes(payload) }, Cancellation)).IsTaken);
    }

    private static async Task<Acknowledgement> ControlAsync(Observer observer, string device, string verb, string payload)
    {
        var replies = $"{observer.Topics.Root}/replies/{Guid.CreateVersion7():N}";
        var topic = observer.Topics.Control(DeviceId.Parse(device), Enum.Parse<ControlVerb>(verb, ignoreCase: true));
        await observer.Link.PublishAsync(
            new OutgoingMessage { Topic = topic, Payload = Encoding.UTF8.GetBytes(payload), ResponseTopic = replies }, Cancellation);
        await Eventually.Async("it is answered", () => observer.Last(replies) is not null, Cancellation);
        Assert.True(Acknowledgement.TryParse(observer.Last(replies)!.Payload, out var acknowledgement, out var reason), reason);
        return acknowledgement;
    }

    private sealed class ReceiverHandler(AcknowledgementReceiver receiver) : ILinkHandler
    {
        public void OnMessage(MqttLink link, IncomingMessage message) => receiver.TryReceive(message);

        public void OnStatus(MqttLink link, LinkStatus status)
        {
        }
    }

    private sealed class CountingSink : IAcknowledgementSink
    {
        private int _succeeded;

        public int Succeeded => Volatile.Read(ref _succeeded);

        public void OnAcknowledgement(in ReceivedAcknowledgement received)
        {
            if (received.Acknowledgement.Status == AcknowledgementStatus.Succeeded)
            {
                Interlocked.Increment(ref _succeeded);
            }
        }
    }
}
