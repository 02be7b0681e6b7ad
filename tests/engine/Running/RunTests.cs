using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Tests.Running.Scripted;
using IotMqtt.Engine.Worlds;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Tests.Running;

public sealed class RunTests
{
    private readonly ScriptedWorld _world = new();

    [Fact]
    public void Branches_start_at_once_and_a_sequence_waits()
    {
        Takes("light", 1.0);
        Takes("speaker", 0.2, 0.5);
        var verdict = Run(new ParallelNode([Do("light.a"), new SequenceNode([Do("speaker.a"), Do("speaker.b")])]));

        Assert.Equal(
            ["0ms send light.a", "0ms send speaker.a", "200ms done speaker.a succeeded", "200ms send speaker.b", "700ms done speaker.b succeeded", "1s done light.a succeeded", "1s end succeeded"],
            _world.Trace);
        Assert.Equal(TimeSpan.FromSeconds(1), verdict.CriticalPath);
        Assert.Equal(1, verdict.Efficiency);
    }

    [Fact]
    public void Ten_thousand_levels_need_no_stack()
    {
        Node node = Do("light.a");
        for (var depth = 0; depth < 10_000; depth++)
        {
            node = depth % 2 == 0 ? new SequenceNode([node]) : new ParallelNode([node, Do("light.b")]);
        }

        var verdict = Run(node);

        Assert.Equal(RunStatus.Succeeded, verdict.Status);
        Assert.Equal(5_001, _world.Sends.Count());
    }

    [Fact]
    public void A_run_ends_with_nothing_open()
    {
        Takes("light", 1.0);
        var run = new Run(new DeviceProgram { Name = "test", Steps = new SequenceNode([Do("light.a"), Do("light.b")]) }, _world);
        new VirtualDriver(run, _world).Drive(Started(), TestContext.Current.CancellationToken);

        Assert.Equal(0, run.OpenNodes);
        Assert.Equal(0, run.OpenCommands);
    }

    [Fact]
    public void Rounds_that_need_nothing_of_the_world_let_others_have_their_turn()
    {
        var rounds = new RepeatNode(new SequenceNode([new LogNode(new ValueTemplate.Constant(Value.Of("again")))]))
        {
            Times = new ValueTemplate.Constant(Value.Of(1_000_000_000)),
        };
        var run = new Run(new DeviceProgram { Name = "test", Steps = new SequenceNode([rounds]) }, _world);
        var facts = new Facts();
        var effects = new EffectBuffer();
        run.Apply(Started(), effects);
        Assert.InRange(effects.Count, 1, 2000);
        _world.Perform(effects.Effects, facts);
        effects.Clear();
        run.Apply(new Fact.CancelAsked(TimeSpan.Zero, CancelReason.Interrupted), effects);

        Assert.Equal(RunStatus.Interrupted, run.Verdict?.Status);
        Assert.Equal(0, run.OpenNodes);
    }

    [Fact]
    public void As_many_devices_at_once_as_a_number_can_say_are_all_of_them()
    {
        var each = new EachNode(DeviceSelection.Of("a", "b", "c"), "d", new SequenceNode([Do("a.a")]))
        {
            Concurrency = int.MaxValue,
            Batches = [new(1, null), new(null, 100)],
        };
        Takes("a", 1);
        Takes("b", 1);
        Takes("c", 1);

        Assert.Equal(3, Run(each).CriticalPath.TotalSeconds);
    }

    private sealed class Facts : IFactSink
    {
        public void Post(Fact fact)
        {
        }
    }

    private static DoNode Do(string command)
    {
        var parts = command.Split('.');
        return new DoNode(new DeviceTarget(SourcePosition.None, parts[0]), parts[1]);
    }

    private void Takes(string device, params double[] seconds)
    {
        for (var command = 0; command < seconds.Length; command++)
        {
            _world.Device(device).Scripts[((char)('a' + command)).ToString()] = [new CommandScript { Takes = TimeSpan.FromSeconds(seconds[command]) }];
        }
    }

    private static Fact.Started Started() => new(1, 1, DateTimeOffset.UnixEpoch, ValueMap.Empty, []);

    private Verdict Run(Node node)
    {
        var program = new DeviceProgram { Name = "test", Steps = new SequenceNode([node]) };
        var run = new Run(program, _world, observer: new TraceObserver(_world));
        return new VirtualDriver(run, _world).Drive(Started(), TestContext.Current.CancellationToken);
    }
}
