using IotMqtt.Lifecycle;
using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Faults;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Tests.Behaviour;

public sealed class DeviceMachineTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly RecordingHost _host = new();

    [Fact]
    public void The_end_is_told_before_events_and_state()
    {
        var machine = Machine();
        machine.Receive(Command("add", ("by", 1)), TimeSpan.Zero);
        Assert.Equal(TimeSpan.FromMilliseconds(5), machine.NextDue);
        machine.Advance(TimeSpan.FromMilliseconds(5));

        Assert.Equal(["reply Succeeded", "event counted 1", "state"], _host.Log);
        Assert.Null(machine.NextDue);
    }

    [Fact]
    public void Times_are_the_machine_s_own()
    {
        var machine = Machine();
        machine.Receive(Command("add", ("by", 1)), Second);
        machine.Receive(Command("add", ("by", 2)), Second);
        machine.Advance(Second + TimeSpan.FromMilliseconds(5));
        machine.Advance(Second + TimeSpan.FromMilliseconds(10));

        var second = _host.Replies[1];
        Assert.Equal(Second, second.Accepted);
        Assert.Equal(Second + TimeSpan.FromMilliseconds(5), second.Started);
        Assert.Equal(Second + TimeSpan.FromMilliseconds(10), second.Done);
    }

    [Fact]
    public void A_budget_of_nothing_is_expired_on_arrival()
    {
        var machine = Machine();
        machine.Receive(Command("bump") with { Budget = TimeSpan.Zero }, Second);

        Assert.Equal(CommandStatus.Expired, Assert.Single(_host.Replies).Status);
        Assert.Equal(0, machine.Revision);
    }

    [Fact]
    public void A_budget_longer_than_time_itself_is_none()
    {
        var machine = Machine();
        machine.Receive(Command("bump") with { Budget = TimeSpan.MaxValue }, Second);

        Assert.Equal(CommandStatus.Succeeded, Assert.Single(_host.Replies).Status);
    }

    [Fact]
    public void What_waits_may_start_at_its_last_moment_and_not_after_it()
    {
        var machine = Machine();
        machine.Receive(Command("add", ("by", 1)), TimeSpan.Zero);
        machine.Receive(Command("bump") with { Budget = TimeSpan.FromMilliseconds(5) }, TimeSpan.Zero);
        machine.Receive(Command("bump") with { Budget = TimeSpan.FromMilliseconds(4) }, TimeSpan.Zero);
        Assert.Equal(TimeSpan.FromMilliseconds(4), machine.NextDue);
        machine.Advance(TimeSpan.FromMilliseconds(4));
        machine.Advance(TimeSpan.FromMilliseconds(5));

        Assert.Equal([CommandStatus.Expired, CommandStatus.Succeeded, CommandStatus.Succeeded], _host.Replies.Select(reply => reply.Status));
    }

    [Fact]
    public void What_has_expired_leaves_its_place_in_the_queue()
    {
        var machine = Machine(new DeviceMachineOptions { QueueBound = 1 });
        machine.Receive(Command("hold"), TimeSpan.Zero);
        machine.Receive(Command("bump") with { Budget = Second }, TimeSpan.Zero);
        machine.Advance(Second);
        machine.Receive(Command("bump"), Second);

        Assert.Equal(1, machine.Waiting);
        Assert.Equal(CommandStatus.Expired, Assert.Single(_host.Replies).Status);
    }

    [Fact]
    public void The_ledger_lets_go_of_what_is_old_and_then_no_longer_knows_of_that_run()
    {
        var options = new DeviceMachineOptions { LedgerCapacity = 1 };
        var machine = Machine(options);
        machine.Receive(Command("bump", 1), TimeSpan.Zero);
        machine.Receive(Command("bump", 2), options.LedgerRetention - Second);
        machine.Receive(Command("bump", 3), options.LedgerRetention);

        Assert.Equal([null, ErrorCode.Busy, null], _host.Replies.Select(reply => reply.ErrorCode));
        Assert.Null(machine.Query(Control(1), options.LedgerRetention));
        Assert.Null(machine.Cancel(Control(1), options.LedgerRetention));
        Assert.Equal(CommandStatus.Succeeded, machine.Query(Control(3), options.LedgerRetention)!.Value.Status);
        Assert.Equal(CommandStatus.Unknown, machine.Query(Control(4) with { Run = "other" }, 2 * options.LedgerRetention)!.Value.Status);
    }

    [Fact]
    public void What_is_settled_makes_room_and_the_run_is_still_known()
    {
        var machine = Machine(new DeviceMachineOptions { LedgerCapacity = 1 });
        machine.Receive(Command("bump", 1), TimeSpan.Zero);

        machine.Settle(Control(1).Id);
        machine.Receive(Command("bump", 2), Second);

        Assert.Equal([null, null], _host.Replies.Select(reply => reply.ErrorCode));
        Assert.Equal(CommandStatus.Succeeded, machine.Query(Control(2), Second)!.Value.Status);
        Assert.Equal(CommandStatus.Unknown, machine.Query(Control(3), Second)!.Value.Status);
    }

    [Fact]
    public void An_entry_is_kept_for_as_long_as_its_command_could_still_have_started()
    {
        var options = new DeviceMachineOptions { LedgerCapacity = 1 };
        var machine = Machine(options);
        var budget = TimeSpan.FromMinutes(10);
        machine.Receive(Command("bump", 1) with { Budget = budget }, TimeSpan.Zero);
        machine.Receive(Command("bump", 2), budget + options.LedgerRetention - Second);
        machine.Receive(Command("bump", 3), budget + options.LedgerRetention);

        Assert.Equal([null, ErrorCode.Busy, null], _host.Replies.Select(reply => reply.ErrorCode));
    }

    [Fact]
    public void A_tombstone_is_kept_for_as_long_as_its_straggler_may_come()
    {
        var machine = Machine(new DeviceMachineOptions { LedgerRetention = Second });
        machine.Query(Control(1) with { Keep = TimeSpan.FromSeconds(10) }, TimeSpan.Zero);
        machine.Receive(Command("bump", 2), TimeSpan.FromSeconds(9));
        machine.Receive(Command("bump", 1), TimeSpan.FromSeconds(9));

        Assert.Equal(ErrorCode.Tombstoned, _host.Replies[1].ErrorCode);
    }

    [Fact]
    public void A_ledger_that_is_full_of_refusals_gives_no_answer_that_it_could_not_keep()
    {
        var machine = Machine(new DeviceMachineOptions { LedgerCapacity = 1 });
        machine.Receive(Command("bump", 1), TimeSpan.Zero);
        machine.Receive(Command("bump", 2), TimeSpan.Zero);

        Assert.Null(machine.Query(Control(3), TimeSpan.Zero));
    }

    [Fact]
    public void What_a_command_takes_depends_on_nothing_but_seed_device_and_count()
    {
        Assert.Equal(Durations("a", 7, others: 0), Durations("a", 7, others: 5));
        Assert.NotEqual(Durations("a", 7, others: 0), Durations("b", 7, others: 0));
        Assert.NotEqual(Durations("a", 7, others: 0), Durations("a", 8, others: 0));
    }

    [Fact]
    public void Latency_adds_to_what_a_command_takes()
    {
        var machine = Machine();
        machine.SetFault("slow", new FaultDefinition { Latency = new DurationSpec.Fixed(Second) });
        machine.SetFault("slower", new FaultDefinition { Latency = new DurationSpec.Fixed(Second) });
        machine.Receive(Command("add", ("by", 1)), TimeSpan.Zero);

        Assert.Equal((2 * Second) + TimeSpan.FromMilliseconds(5), machine.NextDue);
    }

    [Fact]
    public void A_device_is_back_when_the_last_fault_that_keeps_it_away_has_ended()
    {
        var machine = Machine();
        machine.SetFault("a", new FaultDefinition { Disconnect = new DisconnectFault(null) });
        machine.SetFault("b", new FaultDefinition { Disconnect = new DisconnectFault(new DurationSpec.Fixed(Second)) });
        machine.SetFault("a", new FaultDefinition { Disconnect = new DisconnectFault(null) });
        Assert.True(machine.ClearFault("a"));
        Assert.False(machine.ClearFault("a"));
        Assert.DoesNotContain("reconnect", _host.Log);
        machine.ClearFault("b");

        Assert.Equal(["disconnect ", "disconnect 00:00:01", "reconnect"], _host.Log);
    }

    [Fact]
    public void Faults_of_the_fleet_hold_from_the_start()
    {
        var fault = new FaultDefinition { Reject = new RejectFault(1, "no") };
        var device = Bench.Fleet.Devices[0] with { Faults = [fault] };
        var machine = new DeviceMachine(device, DeviceMachineOptions.Default, new ExpressionEvaluator(), _host, seed: 1);
        machine.Start(TimeSpan.Zero);
        machine.Receive(Command("bump"), TimeSpan.Zero);

        Assert.Equal("no", Assert.Single(_host.Replies).ErrorMessage);
    }

    [Fact]
    public void Readings_come_once_a_period_from_within_the_first_one_on()
    {
        var reading = new TelemetryDefinition("count", new DurationSpec.Fixed(Second), Bench.Computed("count + n"));
        var machine = new DeviceMachine(
            Bench.Device("meter", Bench.Model("meter", 1, reading)), DeviceMachineOptions.Default, new ExpressionEvaluator(), _host, seed: 1);
        machine.Start(10 * Second);
        var first = machine.NextDue!.Value;
        Assert.InRange(first, 10 * Second, 11 * Second);
        machine.Advance(first);
        Assert.Equal(first + Second, machine.NextDue);

        // Nobody woke it for a while: what was missed is not made up for.
        machine.Advance(first + (5 * Second));
        Assert.Equal(["telemetry count 0", "telemetry count 1"], _host.Log);
        Assert.Equal(first + (6 * Second), machine.NextDue);
    }

    [Fact]
    public void A_reading_that_cannot_be_computed_is_reported_and_the_next_is_tried()
    {
        var reading = new TelemetryDefinition("wrong", new DurationSpec.Fixed(Second), Bench.Computed("args.x"));
        var machine = new DeviceMachine(
            Bench.Device("meter", Bench.Model("meter", 1, reading)), DeviceMachineOptions.Default, new ExpressionEvaluator(), _host, seed: 1);
        machine.Start(TimeSpan.Zero);
        machine.Advance(Second);
        machine.Advance(2 * Second);

        Assert.Equal(["wrong telemetry wrong", "wrong telemetry wrong"], _host.Log);
    }

    [Fact]
    public void Initial_values_of_a_device_override_its_model_s()
    {
        var device = Bench.Fleet.Devices[0] with { Initial = ValueMap.Of(("lamp", Value.Of("on"))) };
        var machine = new DeviceMachine(device, DeviceMachineOptions.Default, new ExpressionEvaluator(), _host, seed: 1);

        Assert.Equal(ValueMap.Of(("lamp", Value.Of("on")), ("count", Value.Of(0)), ("last", Value.Of(0))), machine.State());
    }

    [Fact]
    public void A_device_that_has_done_nothing_is_small()
    {
        const int Devices = 1000;
        var machines = new DeviceMachine[Devices];
        var evaluator = new ExpressionEvaluator();
        _ = new DeviceMachine(Bench.Fleet.Devices[0], DeviceMachineOptions.Default, evaluator, _host, seed: 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var at = 0; at < Devices; at++)
        {
            machines[at] = new DeviceMachine(Bench.Fleet.Devices[0], DeviceMachineOptions.Default, evaluator, _host, seed: 1);
        }

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Devices;
        Assert.True(bytes <= 320, $"{bytes} bytes a device");
    }

    private DeviceMachine Machine(DeviceMachineOptions? options = null) =>
        new(Bench.Fleet.Devices[0], options ?? DeviceMachineOptions.Default, new ExpressionEvaluator(), _host, seed: 1);

    private static CommandRequest Command(string name, params ReadOnlySpan<(string Name, int Value)> arguments)
    {
        var map = new ValueMap.Builder();
        foreach (var (argument, value) in arguments)
        {
            map.Set(argument, Value.Of(value));
        }

        return new CommandRequest { Command = name, Arguments = map.Build(), ReplyTo = "desk" };
    }

    private static CommandRequest Command(string name, int id) =>
        Command(name) with { Key = new CommandKey((UInt128)id), Run = "r", Epoch = 1 };

    private static ControlRequest Control(int id) => new() { Id = new CommandKey((UInt128)id), Run = "r", Epoch = 1 };

    private static TimeSpan[] Durations(string device, ulong seed, int others)
    {
        var model = Bench.Model("random", 1);
        var random = new DurationSpec.Uniform(TimeSpan.FromMilliseconds(1), Second);
        model = model with { Commands = [.. model.Commands.Select(command => command with { Takes = random })] };
        var machine = new DeviceMachine(Bench.Device(device, model), DeviceMachineOptions.Default, new ExpressionEvaluator(), new RecordingHost(), seed);
        var durations = new TimeSpan[4];
        var now = TimeSpan.Zero;
        for (var at = 0; at < durations.Length; at++)
        {
            for (var other = 0; other < others; other++)
            {
                machine.Receive(Command("bump"), now);
                now = machine.NextDue!.Value;
                machine.Advance(now);
            }

            machine.Receive(Command("park"), now);
            durations[at] = machine.NextDue!.Value - now;
            now = machine.NextDue.Value;
            machine.Advance(now);
        }

        return durations;
    }
}
