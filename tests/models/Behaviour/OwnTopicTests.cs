using System.Collections.Immutable;
using System.Text;
using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Faults;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Tests.Behaviour;

/// <summary>What devices say and hear on topics of their own, in virtual time.</summary>
public sealed class OwnTopicTests
{
    private const string Unit = """
        model: unit
        properties: { boots: { type: integer }, mode: { enum: [idle, busy] } }
        events: { rebooted: { topic: "acme/${serial}/event", payload: { count: "${value.boots}" } } }
        commands:
          reboot:
            args: { id: { type: integer } }
            takes: 100ms
            requires: boots < 2
            otherwise: worn out
            set: { boots: "${boots + 1}" }
            result: { boots: "${boots}" }
            emits: { rebooted: { boots: "${boots}" } }
            sends: log
        receives:
          downlink:
            topic: acme/${serial}/downlink
            where: value.op == 'reboot'
            do: reboot
            with: { id: "${value.id}" }
            reply:
              - { name: got, when: at-once, topic: "acme/${serial}/got", payload: "${value.id}" }
              - { name: uplink, topic: "acme/${serial}/uplink", payload: { id: "${args.id}", ok: "${succeeded}", boots: "${boots}", n: "${n}", why: "${error == null ? '' : error.message}" } }
              - { name: late, after: 50ms, topic: "acme/${serial}/late", payload: { csv: ["${boots}", "a,b"] } }
              - { name: last, topic: "acme/${serial}/last", where: succeeded }
          mode: { topic: "acme/+/mode/#", shared: true, set: { mode: "${value}" }, reply: { payload: { text: "${topic} ${levels[1]} ${message.properties.who}" } } }
          raw: { topic: "acme/${id}/raw", format: hex, reply: { topic: out/raw, payload: { base64: "AP8Q" }, qos: 2, retain: true, content-type: application/octet-stream, properties: { x: "${value}" }, expiry: 90s } }
        sends:
          log: { topic: "acme/${serial}/log", payload: "${'boots ' + boots}" }
          state: { topic: "acme/${serial}/state", payload: { mode: "${mode}" }, on-change: mode, retain: true }
          beat: { topic: "acme/${serial}/beat", every: 10s, payload: "${n}" }
        telemetry:
          load: { every: 1s, value: 7, topic: "acme/${serial}/load", payload: { v: "${value}" } }
        will: { topic: "acme/${serial}/online", payload: "0", retain: true }
        birth: { topic: "acme/${serial}/online", payload: "1", retain: true }
        """;

    private readonly RecordingHost _host = new();

    [Fact]
    public void What_one_message_brings_forth_leaves_in_the_order_in_which_it_is_written()
    {
        var machine = Machine();
        Receive(machine, "acme/SN1/downlink", """{"op":"reboot","id":4711}""");
        Advance(machine, TimeSpan.FromMilliseconds(120));
        Advance(machine, TimeSpan.FromMilliseconds(200));

        Assert.Equal(
            [
                """received downlink {"op":"reboot","id":4711}""",
                "publish acme/SN1/got 4711",
                """event rebooted {"boots":1}""",
                """publish acme/SN1/event {"count":1}""",
                "state",
                "publish acme/SN1/log boots 1",
                """publish acme/SN1/uplink {"id":4711,"ok":true,"boots":1,"n":0,"why":""}""",
                "publish acme/SN1/late 1,\"a,b\"",
                "publish acme/SN1/last ",
            ],
            Own());
    }

    [Fact]
    public void A_command_that_is_rejected_is_answered_too()
    {
        var machine = Machine(("boots", Value.Of(2)));
        Receive(machine, "acme/SN1/downlink", """{"op":"reboot","id":1}""");

        Assert.Equal(
            ["acme/SN1/got", "acme/SN1/uplink"],
            _host.Published.Select(message => message.Topic));
        Assert.Equal("""{"id":1,"ok":false,"boots":2,"n":0,"why":"worn out"}""", Text(_host.Published[1]));
    }

    [Theory]
    [InlineData("""{"op":"other","id":1}""")]
    [InlineData("""{"other":1}""")]
    [InlineData("no JSON")]
    [InlineData("")]
    public void A_message_that_does_not_fit_is_none_of_its_business(string payload)
    {
        var machine = Machine();
        Receive(machine, "acme/SN1/downlink", payload);

        Assert.Empty(Own());
        Assert.Empty(_host.Errors);
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_a_rejection_and_no_silence()
    {
        var machine = Machine();
        Receive(machine, "acme/SN1/downlink", """{"op":"reboot","id":"x"}""");

        Assert.Contains("must be an integer", Text(_host.Published[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reply_without_topic_goes_to_the_response_topic_with_the_correlation_data()
    {
        var machine = Machine();
        var message = new OwnMessage
        {
            Topic = "acme/x/mode/y/z",
            Payload = "busy"u8.ToArray(),
            ResponseTopic = "answers/7",
            CorrelationData = new byte[] { 1, 2, 3 },
            UserProperties = [KeyValuePair.Create("who", "ann")],
        };
        machine.Receive(message, TimeSpan.Zero);

        var (state, reply) = (_host.Published[0], _host.Published[1]);
        Assert.Equal(("acme/SN1/state", """{"mode":"busy"}""", true), (state.Topic, Text(state), state.Retain));
        Assert.Equal(("answers/7", "acme/x/mode/y/z x ann"), (reply.Topic, Text(reply)));
        Assert.Equal([1, 2, 3], reply.CorrelationData.ToArray());

        machine.Receive(message with { ResponseTopic = null }, TimeSpan.Zero);
        Assert.Contains("no Response Topic", _host.Errors[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_carries_all_that_the_model_says()
    {
        var machine = Machine();
        machine.Receive(new OwnMessage { Topic = "acme/u1/raw", Payload = new byte[] { 0xF0, 0x00 } }, TimeSpan.Zero);

        var reply = Assert.Single(_host.Published);
        Assert.Equal([0x00, 0xFF, 0x10], reply.Payload.ToArray());
        Assert.Equal((2, true, "application/octet-stream", TimeSpan.FromSeconds(90)), (reply.QualityOfService, reply.Retain, reply.ContentType, reply.Expiry));
        Assert.Equal([KeyValuePair.Create("x", "f000")], reply.UserProperties);
    }

    [Fact]
    public void A_program_triggers_a_message_like_a_command()
    {
        var machine = Machine();
        machine.Receive(new CommandRequest { Command = "log", Arguments = ValueMap.Empty, ReplyTo = "r" }, TimeSpan.Zero);

        Assert.Equal(["reply Succeeded", "publish acme/SN1/log boots 0"], _host.Log);
    }

    [Fact]
    public void Timers_readings_births_and_the_will_speak_on_own_topics()
    {
        var machine = Machine();
        machine.Connected(TimeSpan.Zero);
        Assert.Equal("publish acme/SN1/online 1", _host.Log[^1]);
        Assert.Equal(("acme/SN1/online", "0", true), machine.Will(TimeSpan.Zero) is { } will ? (will.Topic, Text(will), will.Retain) : default);

        Advance(machine, TimeSpan.FromSeconds(30));
        Assert.Equal(["0", "1", "2"], _host.Published.Where(message => message.Topic == "acme/SN1/beat").Select(Text).Take(3));
        Assert.All(_host.Published.Where(message => message.Topic == "acme/SN1/load"), message => Assert.Equal("""{"v":7}""", Text(message)));
        Assert.InRange(_host.Published.Count(message => message.Topic == "acme/SN1/load"), 29, 31);
    }

    [Fact]
    public void Faults_strike_own_messages_in_both_directions()
    {
        var machine = Machine();
        machine.SetFault("in", new FaultDefinition { Drop = new(MessageDirection.Received, 1) });
        Receive(machine, "acme/SN1/downlink", """{"op":"reboot","id":1}""");
        Assert.Empty(Own());

        machine.ClearFault("in");
        machine.SetFault("out", new FaultDefinition { Drop = new(MessageDirection.Sent, 1) });
        Receive(machine, "acme/SN1/downlink", """{"op":"reboot","id":1}""");
        Advance(machine, TimeSpan.FromSeconds(1));
        Assert.Empty(_host.Published);
        Assert.Equal(1, machine.Revision);
    }

    [Fact]
    public void Retained_messages_of_before_do_not_count()
    {
        var machine = Machine();
        machine.Receive(new OwnMessage { Topic = "acme/u1/raw", Retain = true }, TimeSpan.Zero);

        Assert.Empty(Own());
    }

    [Fact]
    public void A_topic_that_comes_to_a_wildcard_is_not_published_to_and_said()
    {
        var model = Parse("""
            model: m
            properties: { where: { type: text, initial: "a/#" } }
            sends: { s: { topic: "x/${where}" } }
            """);
        var machine = new DeviceMachine(
            new DeviceDefinition { Id = "d", Model = model, At = SourcePosition.None }, DeviceMachineOptions.Default, new ExpressionEvaluator(), _host, seed: 1);
        machine.Receive(new CommandRequest { Command = "s", Arguments = ValueMap.Empty }, TimeSpan.Zero);

        Assert.Empty(_host.Published);
        Assert.Contains("x/a/#", Assert.Single(_host.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_with_own_topics_is_the_same_after_it_has_been_published()
    {
        var model = Parse(Unit);
        Assert.True(ModelJson.TryRead(ModelJson.Write(model), out var read, out var error), error);
        Assert.Equal(model.Hash, read!.Hash);
        Assert.Equal(["serial"], model.Variables.Select(use => use.Name));
        Assert.Equal(["log", "state", "beat", "got", "uplink", "late", "last", "mode", "raw"], read.Sent());
    }

    [Fact]
    public void Chance_is_drawn_anew_for_each_message()
    {
        var model = Parse("""
            model: m
            properties: { x: { type: number } }
            receives: { roll: { topic: dice, set: { x: "${Math.random()}" } } }
            """);
        var machine = new DeviceMachine(
            new DeviceDefinition { Id = "d", Model = model, At = SourcePosition.None }, DeviceMachineOptions.Default, new ExpressionEvaluator(), _host, seed: 1);
        Receive(machine, "dice", "");
        var first = machine[0];
        Receive(machine, "dice", "");

        Assert.NotEqual(first, machine[0]);
    }

    private static DeviceModel Parse(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        var model = ModelFile.Parse(yaml, "unit.yaml", diagnostics);
        Assert.Empty(diagnostics.Select(diagnostic => diagnostic.ToString()));
        return model!;
    }

    private static string Text(OwnMessage message) => Encoding.UTF8.GetString(message.Payload.Span);

    private DeviceMachine Machine(params (string Name, Value Value)[] initial)
    {
        var device = new DeviceDefinition
        {
            Id = "u1",
            Model = Parse(Unit),
            At = SourcePosition.None,
            Vars = ValueMap.Of(("serial", Value.Of("SN1"))),
            Initial = ValueMap.Of(initial),
            Labels = ImmutableSortedDictionary<string, string>.Empty,
        };
        var machine = new DeviceMachine(device, DeviceMachineOptions.Default, new ExpressionEvaluator(), _host, seed: 1);
        machine.Start(TimeSpan.Zero);
        return machine;
    }

    // Without what the clock brings.
    private IEnumerable<string> Own() =>
        _host.Log.Where(line => !line.Contains("/beat", StringComparison.Ordinal) && !line.Contains("load", StringComparison.Ordinal));

    private static void Receive(DeviceMachine machine, string topic, string payload) =>
        machine.Receive(new OwnMessage { Topic = topic, Payload = Encoding.UTF8.GetBytes(payload) }, TimeSpan.Zero);

    private static void Advance(DeviceMachine machine, TimeSpan until)
    {
        while (machine.NextDue is { } due && due <= until)
        {
            machine.Advance(due);
        }
    }
}
