using CsCheck;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Ids;

namespace IotMqtt.Protocol.Tests.Addressing;

public sealed class TopicsTests
{
    private static readonly DeviceId Device = DeviceId.Parse("light-7");
    private static readonly ClientId Client = ClientId.Parse("runner");

    public static TheoryData<string, string> Contract => new()
    {
        { "iotmqtt/devices/light-7/meta", Topics.Default.Meta(Device) },
        { "iotmqtt/devices/light-7/status", Topics.Default.Status(Device) },
        { "iotmqtt/devices/light-7/state", Topics.Default.State(Device) },
        { "iotmqtt/devices/light-7/cmd/switch-on", Topics.Default.Command(Device, CommandName.Parse("switch-on")) },
        { "iotmqtt/devices/light-7/control/cancel", Topics.Default.Control(Device, ControlVerb.Cancel) },
        { "iotmqtt/devices/light-7/control/query", Topics.Default.Control(Device, ControlVerb.Query) },
        { "iotmqtt/devices/light-7/control/register", Topics.Default.Control(Device, ControlVerb.Register) },
        { "iotmqtt/devices/light-7/telemetry/lux", Topics.Default.Telemetry(Device, SignalName.Parse("lux")) },
        { "iotmqtt/devices/light-7/event/received/downlink", Topics.Default.Event(Device, SignalName.Parse("received/downlink")) },
        { "iotmqtt/models/abc", Topics.Default.Model(ModelHash.Parse("abc")) },
        { "iotmqtt/clients/runner/ack/light-7", Topics.Default.Ack(Client, Device) },
    };

    [Theory]
    [MemberData(nameof(Contract))]
    public void Topics_are_those_of_the_contract(string expected, string topic) => Assert.Equal(expected, topic);

    [Fact]
    public void Filters_are_those_of_the_contract()
    {
        Assert.Equal("iotmqtt/devices/+/meta", Topics.Default.AllMetaFilter);
        Assert.Equal("iotmqtt/devices/+/status", Topics.Default.AllStatusFilter);
        Assert.Equal("iotmqtt/devices/+/state", Topics.Default.AllStateFilter);
        Assert.Equal("iotmqtt/models/+", Topics.Default.AllModelsFilter);
        Assert.Equal("iotmqtt/clients/runner/ack/+", Topics.Default.AckFilter(Client));
        Assert.Equal("iotmqtt/devices/light-7/cmd/+", Topics.Default.CommandFilter(Device));
        Assert.Equal("iotmqtt/devices/light-7/control/+", Topics.Default.ControlFilter(Device));
    }

    [Fact]
    public void What_is_built_is_taken_apart_again()
    {
        var level = Gen.String[Gen.Char.AlphaNumeric, 1, 20];
        var roots = Gen.Select(level, level).Select((a, b) => new Topics(RootTopic.Parse($"{a}/{b}")));
        Gen.Select(roots, level, level, Gen.Enum<ControlVerb>()).Sample((topics, first, second, verb) =>
        {
            var device = DeviceId.Parse(first);
            var command = CommandName.Parse(second);
            var signal = SignalName.Parse($"{second}/{first}");
            TopicAddress[] addresses =
            [
                new() { Kind = TopicKind.Meta, Device = device },
                new() { Kind = TopicKind.Status, Device = device },
                new() { Kind = TopicKind.State, Device = device },
                new() { Kind = TopicKind.Command, Device = device, Command = command },
                new() { Kind = TopicKind.Control, Device = device, Verb = verb },
                new() { Kind = TopicKind.Telemetry, Device = device, Signal = signal },
                new() { Kind = TopicKind.Event, Device = device, Signal = signal },
                new() { Kind = TopicKind.Model, Model = ModelHash.Parse(first) },
                new() { Kind = TopicKind.Acknowledgement, Device = device, Client = ClientId.Parse(second) },
            ];
            Assert.All(addresses, address =>
            {
                Assert.True(topics.TryParse(Build(topics, address), out var parsed));
                Assert.Equal(address, parsed);
            });
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("other/devices/light-7/meta")]
    [InlineData("iotmqtt/devices/light-7")]
    [InlineData("iotmqtt/devices//meta")]
    [InlineData("iotmqtt/devices/light-7/meta/more")]
    [InlineData("iotmqtt/devices/light-7/cmd/")]
    [InlineData("iotmqtt/devices/light-7/cmd/a/b")]
    [InlineData("iotmqtt/devices/light-7/control/explode")]
    [InlineData("iotmqtt/devices/light-7/telemetry/a/b/c")]
    [InlineData("iotmqtt/models/a/b")]
    [InlineData("iotmqtt/clients/runner/ack")]
    [InlineData("iotmqtt/clients/runner/ack/")]
    [InlineData("iotmqtt/clients/runner/nack/light-7")]
    [InlineData("iotmqtt/clients//ack/light-7")]
    public void What_is_none_of_the_contract_is_not_taken_apart(string? topic) => Assert.False(Topics.Default.TryParse(topic, out _));

    [Fact]
    public void Taking_apart_never_throws() =>
        Gen.String.Select(Gen.OneOf("", "iotmqtt/", "iotmqtt/devices/", "iotmqtt/clients/a/ack/", "iotmqtt/devices/x/event/"))
            .Sample((tail, head) =>
            {
                // What is taken apart is what would be built.
                if (Topics.Default.TryParse(head + tail, out var address))
                {
                    Assert.Equal(head + tail, Build(Topics.Default, address));
                }
            });

    [Theory]
    [InlineData("iotmqtt/clients/runner/ack/light-7", true)]
    [InlineData("iotmqtt/clients/runner2/ack/light-7", false)]
    [InlineData("iotmqtt/clients/runne/ack/light-7", false)]
    [InlineData("iotmqtt/clients/runner/ack/a/b", false)]
    public void An_acknowledgement_is_told_by_its_client(string topic, bool ours) =>
        Assert.Equal(ours, Topics.Default.TryParseAck(topic, Client, out _));

    [Theory]
    [InlineData("iotmqtt/clients/runner/ack/light-7", true)]
    [InlineData("rr/answer", true)]
    [InlineData("iotmqtt/devicesx", true)]
    [InlineData("iotmqtt/devices/light-7/cmd/switch-on", false)]
    [InlineData("iotmqtt/devices/", false)]
    [InlineData("answers/+", false)]
    [InlineData("answers/#", false)]
    [InlineData("$SYS/x", false)]
    [InlineData("a\0b", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_response_topic_is_nobody_elses(string? topic, bool valid) => Assert.Equal(valid, Topics.Default.IsResponseTopic(topic));

    [Fact]
    public void A_response_topic_is_bounded()
    {
        Assert.True(Topics.Default.IsResponseTopic(new string('x', Topics.MaxResponseTopicBytes)));
        Assert.False(Topics.Default.IsResponseTopic(new string('x', Topics.MaxResponseTopicBytes + 1)));
    }

    [Fact]
    public void An_empty_id_does_not_become_an_empty_level() => Assert.Throws<ArgumentException>(() => Topics.Default.Meta(default));

    [Fact]
    public void Correlation_data_is_bounded_and_compared_by_its_bytes()
    {
        Assert.True(CorrelationData.TryCreate(new byte[CorrelationData.MaxBytes], out _));
        Assert.False(CorrelationData.TryCreate(new byte[CorrelationData.MaxBytes + 1], out _));
        var id = new CommandId(42);
        Assert.Equal(CorrelationData.From(id), CorrelationData.From(id));
        Assert.Equal(CorrelationData.From(id).GetHashCode(), CorrelationData.From(id).GetHashCode());
        Assert.NotEqual(CorrelationData.From(id), CorrelationData.From(new CommandId(43)));
        Assert.True(CorrelationData.From(id).TryGetCommandId(out var read) && read == id);
        Assert.False(default(CorrelationData).TryGetCommandId(out _));
    }

    private static string Build(Topics topics, TopicAddress address) => address.Kind switch
    {
        TopicKind.Meta => topics.Meta(address.Device),
        TopicKind.Status => topics.Status(address.Device),
        TopicKind.State => topics.State(address.Device),
        TopicKind.Command => topics.Command(address.Device, address.Command),
        TopicKind.Control => topics.Control(address.Device, address.Verb),
        TopicKind.Telemetry => topics.Telemetry(address.Device, address.Signal),
        TopicKind.Event => topics.Event(address.Device, address.Signal),
        TopicKind.Model => topics.Model(address.Model),
        _ => topics.Ack(address.Client, address.Device),
    };
}
