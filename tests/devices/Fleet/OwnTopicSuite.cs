using System.Collections.Concurrent;
using System.Text;
using IotMqtt.Devices.Tests.Support;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;
using IotMqtt.Testing;

namespace IotMqtt.Devices.Tests.Fleet;

/// <summary>What devices say and hear on topics of their own, as a back end sees it, on every broker.</summary>
public abstract class OwnTopicSuite : IDisposable, ILinkHandler
{
    private const string Unit = """
        model: unit
        properties: { boots: { type: integer } }
        commands:
          reboot: { args: { id: { type: integer } }, takes: 20ms, set: { boots: "${boots + 1}" } }
        receives:
          downlink:
            topic: ${site}/${serial}/downlink
            where: value.op == 'reboot'
            do: reboot
            with: { id: "${value.id}" }
            reply: { name: uplink, topic: "${site}/${serial}/uplink", payload: { id: "${args.id}", boots: "${boots}" }, properties: { unit: "${serial}" }, content-type: application/json }
          ask: { topic: "${site}/+/ask", shared: true, qos: 2, reply: { payload: "${serial} ${value}", qos: 2 } }
        birth: { topic: "${site}/${serial}/online", payload: "yes", retain: true }
        """;

    private const string Will = "\nwill: { topic: \"${site}/${serial}/online\", payload: \"no\", retain: true }\n";

    private readonly ConcurrentQueue<IncomingMessage> _messages = new();
    private readonly TestLog _log = new();

    protected abstract BrokerUrl Broker { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _log.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_back_end_is_answered_on_the_devices_topics(bool withWill)
    {
        var site = $"plant-{withWill}";
        await using var host = await StartAsync(site, withWill, 3);
        await using var backEnd = await BackEndAsync(site);
        await SayAsync(backEnd, $"{site}/SN2/downlink", """{"op":"reboot","id":7}""");
        var uplink = await NextAsync($"{site}/SN2/uplink");

        Assert.Equal("""{"id":7,"boots":1}""", Text(uplink));
        Assert.Equal("application/json", uplink.ContentType);
        Assert.Equal("SN2", Encoding.UTF8.GetString(Assert.Single(uplink.UserProperties).Value.Span));
        Assert.False(uplink.Retained);
        Assert.DoesNotContain(_messages, message => message.Topic.EndsWith("/uplink", StringComparison.Ordinal) && message.Topic != uplink.Topic);
    }

    [Fact]
    public async Task Many_answer_one_question_at_its_response_topic()
    {
        await using var host = await StartAsync("many", withWill: false, 5);
        await using var backEnd = await BackEndAsync("many");
        await backEnd.PublishAsync(
            new OutgoingMessage
            {
                Topic = "many/all/ask",
                Payload = "hello"u8.ToArray(),
                ResponseTopic = "many/answers",
                CorrelationData = new byte[] { 9 },
                QualityOfService = QualityOfService.ExactlyOnce,
            },
            Cancellation);
        await Eventually.Async("all have answered", () => Of("many/answers").Length == 5, Cancellation, () => _messages.Count);

        Assert.Equal(["SN1 hello", "SN2 hello", "SN3 hello", "SN4 hello", "SN5 hello"], Of("many/answers").Select(Text).Order());
        Assert.All(Of("many/answers"), message => Assert.Equal([9], message.CorrelationData.ToArray()));
    }

    [Fact]
    public async Task Birth_and_will_are_the_devices_own_and_its_status_is_true_beside_them()
    {
        await using var host = await StartAsync("life", withWill: true, 1);
        await using var backEnd = await BackEndAsync("life");
        await using var observer = await Observer.StartAsync(Broker, RootTopic.Parse("life-root"), Cancellation);
        await observer.AwaitAsync("u-1", Presence.Online, Cancellation);
        Assert.Equal("yes", Text(await NextAsync("life/SN1/online")));

        _messages.Clear();
        var fault = new OutgoingMessage
        {
            Topic = observer.Topics.Control(DeviceId.Parse("u-1"), ControlVerb.Fault),
            Payload = Encoding.UTF8.GetBytes("""{"key":"f","fault":{"disconnect":"1s"}}"""),
        };
        await observer.Link.PublishAsync(fault, Cancellation);
        await Eventually.Async("the will and the birth are there", () => Of("life/SN1/online").Length == 2, Cancellation);
        Assert.Equal(["no", "yes"], Of("life/SN1/online").Select(Text));
        await observer.AwaitAsync("u-1", Presence.Online, Cancellation);

        // A clean stop brings no will.
        await host.StopAsync(Cancellation);
        await observer.AwaitAsync("u-1", Presence.Offline, Cancellation);
        Assert.Equal(2, Of("life/SN1/online").Length);
    }

    [Fact]
    public async Task Once_a_run_watches_the_control_plane_says_what_comes_and_goes()
    {
        await using var host = await StartAsync("watched", withWill: false, 1);
        await using var backEnd = await BackEndAsync("watched");
        await using var observer = await Observer.StartAsync(Broker, RootTopic.Parse("watched-root"), Cancellation);
        await SayAsync(backEnd, "watched/SN1/downlink", """{"op":"reboot","id":1}""");
        await NextAsync("watched/SN1/uplink");
        await observer.Link.PublishAsync(
            new OutgoingMessage
            {
                Topic = observer.Topics.Control(DeviceId.Parse("u-1"), ControlVerb.Register),
                Payload = Encoding.UTF8.GetBytes("""{"run":"r1","epoch":1,"watch":true}"""),
            },
            Cancellation);
        await SayAsync(backEnd, "watched/SN1/downlink", """{"op":"reboot","id":2}""");
        var sent = observer.Topics.Event(DeviceId.Parse("u-1"), SignalName.Parse("sent/uplink"));
        await Eventually.Async("it is said", () => observer.Last(sent) is not null, Cancellation);

        Assert.Equal("""{"value":{"id":2,"boots":2},"topic":"watched/SN1/uplink","qos":1,"retain":false}""", Encoding.UTF8.GetString(observer.Last(sent)!.Payload.Span));
        Assert.Equal(1, observer.CountOf(sent));
        Assert.NotNull(observer.Last(observer.Topics.Event(DeviceId.Parse("u-1"), SignalName.Parse("received/downlink"))));
    }

    void ILinkHandler.OnMessage(MqttLink link, IncomingMessage message) => _messages.Enqueue(message);

    void ILinkHandler.OnStatus(MqttLink link, LinkStatus status)
    {
    }

    private static string Text(IncomingMessage message) => Encoding.UTF8.GetString(message.Payload.Span);

    private IncomingMessage[] Of(string topic) => [.. _messages.Where(message => message.Topic == topic)];

    private async Task<IncomingMessage> NextAsync(string topic)
    {
        await Eventually.Async($"a message on {topic} comes", () => Of(topic).Length > 0, Cancellation, () => string.Join(", ", _messages.Select(message => message.Topic)));
        return Of(topic)[0];
    }

    private static async Task SayAsync(MqttLink backEnd, string topic, string payload) =>
        Assert.True((await backEnd.PublishAsync(new OutgoingMessage { Topic = topic, Payload = Encoding.UTF8.GetBytes(payload) }, Cancellation)).IsTaken);

    private async Task<MqttLink> BackEndAsync(string site)
    {
        var link = new MqttLink(new MqttLinkOptions { Url = Broker, ClientId = $"back-end-{site}" }, this, new LinkEnvironment(), new Subscription($"{site}/#"));
        await link.ConnectAsync(Cancellation);
        return link;
    }

    private Task<DeviceFleetHost> StartAsync(string site, bool withWill, int count)
    {
        var diagnostics = new DiagnosticBag();
        var model = ModelFile.Parse(Unit + (withWill ? Will : ""), "unit.yaml", diagnostics)!;
        Assert.Empty(diagnostics);
        var devices = Enumerable.Range(1, count).Select(n => new DeviceDefinition
        {
            Id = $"u-{n}",
            Model = model,
            At = SourcePosition.None,
            Vars = ValueMap.Of(("site", Value.Of(site)), ("serial", Value.Of($"SN{n}"))),
        });
        var options = new DeviceFleetOptions { Broker = Broker, Root = RootTopic.Parse($"{site}-root"), ClientIdPrefix = $"{site}-", ConnectTimeout = Eventually.Limit };
        return DeviceFleetHost.StartAsync(new FleetDefinition { Name = site, Devices = [.. devices] }, options, _log, TimeProvider.System, Cancellation);
    }
}
