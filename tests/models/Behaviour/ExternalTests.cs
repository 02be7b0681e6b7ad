using System.Text;
using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Tests.Behaviour;

/// <summary>What stands for a device that is not ours: commands become its messages, and its messages become outcomes and state.</summary>
public sealed class ExternalTests
{
    private const string Lamp = """
        model: lamp
        external: true
        properties: { power: { type: boolean }, level: { type: integer } }
        online:
          - { topic: lamps/state, where: value == 'online' }
          - { topic: "lamps/${name}/state", where: value == 'online' }
        receives:
          echo: { topic: "lamps/${name}", retained: true, set: { power: "${value.on}", level: "${'level' in value ? value.level : level}" } }
          error: { topic: "lamps/+/error", shared: true }
        events: [ dimmed ]
        commands:
          switch-on: { publish: { topic: "lamps/${name}/set", payload: { on: true } }, done: { received: echo, where: power, within: 5s }, set: { power: true } }
          dim:
            args: { level: { type: integer } }
            requires: power
            otherwise: the lamp is off
            publish: [ { topic: "lamps/${name}/set", payload: { level: "${args.level}" } }, { topic: "lamps/${name}/get", qos: 0 } ]
            done: { received: echo, where: value.level == args.level, within: 2s }
            failed: { received: error, where: "levels[1] == name", error: "${value.text}" }
            result: { was: "${value.level}" }
            emits: { dimmed: { to: "${value.level}" } }
          ping: { publish: { topic: "lamps/${name}/ping", payload: "${n}" } }
        """;

    private readonly RecordingHost _host = new();

    [Fact]
    public void A_command_is_what_it_publishes_and_done_when_the_device_says_so()
    {
        var machine = Online();
        Send(machine, "switch-on");
        Hear(machine, "lamps/kitchen", """{"on":false}""");
        Assert.DoesNotContain(_host.Replies, reply => reply.Status == CommandStatus.Succeeded);

        Hear(machine, "lamps/kitchen", """{"on":true,"level":7}""");

        var reply = Assert.Single(_host.Replies);
        Assert.Equal(CommandStatus.Succeeded, reply.Status);
        Assert.Equal("""{"power":true,"level":7}""", Value.Of(reply.Changed!).ToJson());
        Assert.Equal(machine.Revision, reply.Revision);
        Assert.Equal(["""publish lamps/kitchen/set {"on":true}"""], _host.Log.Where(line => line.StartsWith("publish", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_the_device_said_is_known_to_result_and_events()
    {
        var machine = Online("""{"on":true,"level":1}""");
        Send(machine, "dim", ("level", Value.Of(40)));
        Hear(machine, "lamps/kitchen", """{"on":true,"level":20}""");
        Hear(machine, "lamps/kitchen", """{"on":true,"level":40}""");

        var reply = Assert.Single(_host.Replies);
        Assert.Equal("""{"was":40}""", reply.Result.ToJson());
        Assert.Equal("""{"level":40}""", Value.Of(reply.Changed!).ToJson());
        Assert.Contains("""event dimmed {"to":40}""", _host.Log);
        Assert.Equal(["lamps/kitchen/set", "lamps/kitchen/get"], _host.Published.Select(message => message.Topic));
    }

    [Fact]
    public void What_the_device_refuses_has_failed_with_its_reason()
    {
        var machine = Online("""{"on":true}""");
        Send(machine, "dim", ("level", Value.Of(40)));
        Hear(machine, "lamps/other/error", """{"text":"not mine"}""");
        Hear(machine, "lamps/kitchen/error", """{"text":"too bright"}""");

        var reply = Assert.Single(_host.Replies);
        Assert.Equal((CommandStatus.Failed, ErrorCode.Refused, "too bright"), (reply.Status, reply.ErrorCode, reply.ErrorMessage));
    }

    [Fact]
    public void What_the_device_says_nothing_of_is_unanswered_when_its_time_is_over()
    {
        var machine = Online();
        Send(machine, "switch-on");
        Assert.Equal(TimeSpan.FromSeconds(6), machine.NextDue);
        machine.Advance(TimeSpan.FromSeconds(6));

        var reply = Assert.Single(_host.Replies);
        Assert.Equal((CommandStatus.Failed, ErrorCode.Unanswered), (reply.Status, reply.ErrorCode));
        Assert.Equal("the device has not said echo with power within 5s; it may have done it", reply.ErrorMessage);
        Hear(machine, "lamps/kitchen", """{"on":true}""");
        Assert.Single(_host.Replies);
        Assert.True(machine[0].AsBoolean);
    }

    [Fact]
    public void What_was_retained_before_is_state_and_no_answer()
    {
        var machine = Online();
        Send(machine, "switch-on");
        Hear(machine, "lamps/kitchen", """{"on":true}""", retained: true);

        Assert.Empty(_host.Replies);
        Assert.True(machine[0].AsBoolean);
    }

    [Fact]
    public void Commands_wait_for_each_other_as_in_any_device()
    {
        var machine = Online();
        Send(machine, "switch-on");
        Send(machine, "ping", id: 2);
        Assert.Single(_host.Published);
        Hear(machine, "lamps/kitchen", """{"on":true}""");

        Assert.Equal(["lamps/kitchen/set", "lamps/kitchen/ping"], _host.Published.Select(message => message.Topic));
        Assert.Equal([CommandStatus.Succeeded, CommandStatus.Succeeded], _host.Replies.Select(reply => reply.Status));
    }

    [Fact]
    public void It_is_there_when_one_says_so_and_none_says_otherwise()
    {
        var machine = Machine();
        Assert.False(machine.IsThere);
        Send(machine, "ping");
        Assert.Equal((CommandStatus.Rejected, ErrorCode.Offline), (_host.Replies[0].Status, _host.Replies[0].ErrorCode));

        Hear(machine, "lamps/state", "online", retained: true);
        Assert.True(machine.IsThere);
        Hear(machine, "lamps/kitchen/state", "offline");
        Assert.False(machine.IsThere);
        Hear(machine, "lamps/kitchen/state", "online");
        Assert.True(machine.IsThere);
        Assert.Equal(3, _host.Log.Count(line => line == "presence"));
        Assert.Empty(_host.Published);
    }

    [Fact]
    public void Where_nobody_can_answer_it_is_taken_as_done_with_what_its_model_sets()
    {
        _host.Unheard.UnionWith(["lamps/kitchen/set", "lamps/kitchen/get"]);
        var machine = Machine();
        machine.AssumeThere();
        Send(machine, "switch-on");
        Send(machine, "dim", id: 2, ("level", Value.Of(3)));

        Assert.Equal([CommandStatus.Succeeded, CommandStatus.Succeeded], _host.Replies.Select(reply => reply.Status));
        Assert.Equal("""{"power":true,"level":0}""", Value.Of(machine.State()).ToJson());
        Assert.Equal(3, _host.Published.Count);
    }

    [Fact]
    public void A_message_that_cannot_be_computed_is_a_failure_and_nothing_is_sent()
    {
        var machine = Machine(Parse(Lamp.Replace("payload: \"${n}\"", "payload: \"${n.x.y}\"", StringComparison.Ordinal)));
        machine.AssumeThere();
        Send(machine, "ping");

        Assert.Equal((CommandStatus.Failed, ErrorCode.Internal), (_host.Replies[0].Status, _host.Replies[0].ErrorCode));
        Assert.Empty(_host.Published);
    }

    [Fact]
    public void The_model_is_the_same_after_it_has_been_published()
    {
        var model = Parse(Lamp);
        Assert.True(ModelJson.TryRead(ModelJson.Write(model), out var read, out var error), error);
        Assert.Equal(model.Hash, read!.Hash);
        Assert.Equal(["switch-on", "dim", "ping"], read.Sent());
        Assert.True(read.IsExternal);
    }

    private DeviceMachine Online(string? state = null)
    {
        var machine = Machine();
        Hear(machine, "lamps/state", "online", retained: true);
        if (state is not null)
        {
            Hear(machine, "lamps/kitchen", state, retained: true);
        }

        _host.Log.Clear();
        return machine;
    }

    private DeviceMachine Machine(DeviceModel? model = null)
    {
        var device = new DeviceDefinition { Id = "d", Model = model ?? Parse(Lamp), At = SourcePosition.None, Vars = ValueMap.Of(("name", Value.Of("kitchen"))) };
        var machine = new DeviceMachine(device, DeviceMachineOptions.Default, new ExpressionEvaluator(), _host, seed: 1);
        machine.Start(TimeSpan.Zero);
        return machine;
    }

    private static DeviceModel Parse(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        var model = ModelFile.Parse(yaml, "lamp.yaml", diagnostics);
        Assert.Empty(diagnostics.Select(diagnostic => diagnostic.ToString()));
        return model!;
    }

    private static void Send(DeviceMachine machine, string command, params (string, Value)[] arguments) => Send(machine, command, 1, arguments);

    private static void Send(DeviceMachine machine, string command, int id, params (string, Value)[] arguments) => machine.Receive(
        new CommandRequest { Command = command, Arguments = ValueMap.Of(arguments), Key = new CommandKey((UInt128)id), ReplyTo = "me", Run = "r" }, TimeSpan.FromSeconds(1));

    private static void Hear(DeviceMachine machine, string topic, string payload, bool retained = false) =>
        machine.Receive(new OwnMessage { Topic = topic, Payload = Encoding.UTF8.GetBytes(payload), Retain = retained }, TimeSpan.FromSeconds(1));
}
