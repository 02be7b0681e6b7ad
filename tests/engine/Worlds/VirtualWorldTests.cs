using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Worlds;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Faults;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Tests.Worlds;

public sealed class VirtualWorldTests
{
    private static readonly DeviceModel Model = new()
    {
        Name = "lamp",
        Hash = "lamp",
        Properties = [new PropertyDefinition("on", new DataType { Kind = DataTypeKind.Boolean }, Value.False)],
        Commands =
        [
            new CommandDefinition
            {
                Name = "go",
                Takes = new DurationSpec.Fixed(TimeSpan.FromSeconds(1)),
                Set = [new PropertyAssignment(0, new ValueTemplate.Constant(Value.True))],
                Emits = [new EventEmission("gone", new ValueTemplate.Constant(Value.Of(1)))],
            },
        ],
        Events = [new EventDefinition("gone")],
        Telemetry = [new TelemetryDefinition("heat", new DurationSpec.Fixed(TimeSpan.FromSeconds(2)), new ValueTemplate.Constant(Value.Of(21)))],
    };

    private static readonly FleetDefinition Fleet = new()
    {
        Name = "lamps",
        Devices = [.. new[] { "a", "b" }.Select(id => new DeviceDefinition { Id = id, Model = Model, At = SourcePosition.None })],
    };

    [Fact]
    public void Latency_costs_time_and_is_no_part_of_the_critical_path()
    {
        var verdict = Run([Go("a"), Go("a")], new VirtualWorldOptions { Latency = TimeSpan.FromMilliseconds(250) });

        Assert.Equal(TimeSpan.FromSeconds(3), verdict.Makespan);
        Assert.Equal(TimeSpan.FromSeconds(2), verdict.CriticalPath);
    }

    [Fact]
    public void A_device_that_hangs_is_asked_and_cancelled()
    {
        var verdict = Run([Fault(new FaultDefinition { Hang = 1 }), Go("a")]);

        var error = Assert.Single(verdict.Errors);
        Assert.Equal(StepStatus.TimedOut, error.Status);
        Assert.Equal(TimeSpan.FromSeconds(31), verdict.Makespan);
    }

    [Fact]
    public void A_device_that_loses_its_acknowledgements_is_asked_and_answers()
    {
        var verdict = Run([Fault(new FaultDefinition { Drop = new DropFault(MessageDirection.Sent, 1) }), Go("a")]);

        Assert.Equal(RunStatus.Succeeded, verdict.Status);
        Assert.Equal(TimeSpan.FromSeconds(31), verdict.Makespan);
        Assert.Equal(TimeSpan.FromSeconds(1), verdict.CriticalPath);
    }

    [Fact]
    public void A_command_that_is_lost_on_its_way_is_expired_and_may_be_tried_again()
    {
        var retry = new RetryPolicy { Attempts = 2, Jitter = 0 };
        var verdict = Run([Fault(new FaultDefinition { Drop = new DropFault(MessageDirection.Received, 1) }), Go("a") with { Retry = retry }]);

        Assert.Equal(StepStatus.Expired, Assert.Single(verdict.Errors).Status);
        Assert.Equal(TimeSpan.FromSeconds(62.2), verdict.Makespan);
    }

    [Fact]
    public void A_device_that_is_away_is_unreachable_and_one_that_comes_back_is_settled()
    {
        var away = new FaultDefinition { Disconnect = new DisconnectFault(new DurationSpec.Fixed(TimeSpan.FromSeconds(5))) };

        Assert.Equal(StepStatus.Unreachable, Assert.Single(Run([Fault(away), Go("a")]).Errors).Status);

        var inFlight = Run([new ParallelNode([Go("a"), new SequenceNode([Delay(0.5), Fault(away), Delay(9)])])]);
        Assert.Equal(RunStatus.Succeeded, inFlight.Status);
        Assert.Equal(TimeSpan.FromSeconds(9.5), inFlight.Makespan);
    }

    [Fact]
    public void A_fault_ends_with_the_node_around_it()
    {
        var verdict = Run([new SequenceNode([Fault(new FaultDefinition { Latency = new DurationSpec.Fixed(TimeSpan.FromSeconds(4)) }), Go("a")]), Go("a")]);

        Assert.Equal(TimeSpan.FromSeconds(6), verdict.Makespan);
    }

    [Fact]
    public void Messages_of_devices_and_of_the_program_are_seen()
    {
        var verdict = Run(
        [
            Wait(MatchKind.Telemetry, "a", "heat"),
            Wait(MatchKind.State, "a", null),
            Go("a") with { Expect = [Expect(MatchKind.Event, "a", "gone"), Expect(MatchKind.State, "a", null)] },
            Publish("plant/mode", retain: true) with { Expect = [Expect(MatchKind.Topic, null, "plant/+")] },
            Wait(MatchKind.Topic, null, "plant/#"),
            Go("a") with { Never = [Expect(MatchKind.Event, "b", "gone")] },
        ]);

        // Its first reading comes at a random moment of the first two seconds; all else is there at once, or with the two commands.
        Assert.Equal([], verdict.Errors);
        Assert.InRange(verdict.Makespan, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void A_hundred_thousand_rounds_keep_a_handful_of_nodes_open()
    {
        var world = new VirtualWorld(Fleet);
        var steps = new SequenceNode([new RepeatNode(new SequenceNode([Go("a")])) { Times = new ValueTemplate.Constant(Value.Of(100_000)) }]);
        var run = new Run(new DeviceProgram { Name = "test", Steps = steps }, world);
        var driver = new VirtualDriver(run, world);
        driver.Post(Started(world));
        var most = 0;
        while (driver.Step())
        {
            most = Math.Max(most, run.OpenNodes);
        }

        Assert.InRange(most, 4, 8);
        Assert.Equal(TimeSpan.FromSeconds(100_000), run.Verdict!.CriticalPath);
    }

    private static DoNode Go(string device) => new(new DeviceTarget(SourcePosition.None, device), "go");

    private static DelayNode Delay(double seconds) => new(DurationTemplate.Of(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_run_that_is_interrupted_ends_by_its_own_rules()
    {
        using var interrupt = new CancellationTokenSource();
        var said = new List<string>();
        var world = new VirtualWorld(Fleet, new() { Log = (_, words) => Hear(words) });
        var forever = new RepeatNode(new SequenceNode([Go("a"), Log("again")])) { While = Expression.Parse("1 < 2", SourcePosition.None, []) };
        var steps = new SequenceNode([forever]) { Finally = new SequenceNode([Log("at last")]) };
        var run = new Run(new DeviceProgram { Name = "test", Steps = steps }, world);
        var verdict = new VirtualDriver(run, world).Drive(Started(world), interrupt.Token);

        Assert.Equal(RunStatus.Interrupted, verdict.Status);
        Assert.Equal(["again", "again", "again", "at last"], said);

        void Hear(string words)
        {
            said.Add(words);
            if (said.Count == 3)
            {
                interrupt.Cancel();
            }
        }
    }

    private static LogNode Log(string words) => new(new ValueTemplate.Constant(Value.Of(words)));

    private static FaultNode Fault(FaultDefinition fault) => new([new DeviceTarget(SourcePosition.None, "a")], fault);

    private static PublishNode Publish(string topic, bool retain) =>
        new(new ValueTemplate.Constant(Value.Of(topic)), new PayloadTemplate(new ValueTemplate.Constant(Value.Of("auto")), null)) { Retain = retain };

    private static MatchSpec Match(MatchKind kind, string? device, string? entry) => new(
        kind,
        device is null ? null : new DeviceTarget(SourcePosition.None, device),
        entry is null ? null : new ValueTemplate.Constant(Value.Of(entry)),
        null);

    private static WaitNode Wait(MatchKind kind, string? device, string? entry) =>
        new(Match(kind, device, entry), DurationTemplate.Of(TimeSpan.FromSeconds(3)));

    private static Expectation Expect(MatchKind kind, string? device, string? entry) =>
        new(SourcePosition.None, Match(kind, device, entry), DurationTemplate.Of(TimeSpan.FromSeconds(1)), false, 1);

    private static Fact.Started Started(VirtualWorld world) => new(1, 1, DateTimeOffset.UnixEpoch, ValueMap.Empty, [.. world.Seen]);

    private static Verdict Run(Node[] steps, VirtualWorldOptions? options = null)
    {
        var world = new VirtualWorld(Fleet, options);
        var run = new Run(new DeviceProgram { Name = "test", Steps = new SequenceNode([.. steps]) }, world);
        return new VirtualDriver(run, world).Drive(Started(world), TestContext.Current.CancellationToken);
    }
}
