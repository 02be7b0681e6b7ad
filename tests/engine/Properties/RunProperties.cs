using System.Globalization;
using CsCheck;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;

namespace IotMqtt.Engine.Tests.Properties;

/// <summary>What holds for every program, whatever its devices do.</summary>
public sealed class RunProperties
{
    private const int Programs = 3000;

    private static readonly RandomProgramOptions Anything = new() { Losses = true };

    [Fact]
    public void The_random_programs_come_to_everything_that_can_happen()
    {
        var statuses = new HashSet<StepStatus>();
        var kinds = new HashSet<NodeKind>();
        var verdicts = new HashSet<RunStatus>();
        var (caught, undecided) = (0, 0);
        for (var seed = 0; seed < 1000; seed++)
        {
            var run = new RandomProgram(seed, Anything with { Interrupt = seed % 10 == 0 ? TimeSpan.FromSeconds(3) : null }).Run();
            statuses.UnionWith(run.Observer.Ends.Values.Select(node => node.Status));
            kinds.UnionWith(run.Observer.Starts.Values.Select(node => node.Kind));
            verdicts.Add(run.Verdict.Status);
            caught += run.Verdict.Caught;
            undecided += run.World.Trace.Count(line => line.Contains(" query ", StringComparison.Ordinal));
        }

        Assert.Equal(Enum.GetValues<StepStatus>().Where(status => status != StepStatus.Pending), statuses.Order());
        // Random programs call nobody.
        Assert.Equal(Enum.GetValues<NodeKind>().Except([NodeKind.Http, NodeKind.Exec]), kinds.Order());
        Assert.Superset(new HashSet<RunStatus> { RunStatus.Succeeded, RunStatus.Failed, RunStatus.Unanswered, RunStatus.Interrupted }, verdicts);
        Assert.True(caught > 50 && undecided > 50, $"{caught} caught, {undecided} queried");
    }

    [Fact]
    public void A_step_starts_when_its_predecessor_has_ended_and_branches_start_at_once() => Check(Anything, run =>
    {
        var observer = run.Observer;
        foreach (var siblings in observer.Starts.Values.Where(node => node.Parent != 0).GroupBy(node => node.Parent))
        {
            var parent = observer.Starts[siblings.Key];
            if (parent.Kind == NodeKind.Sequence)
            {
                var before = 0;
                foreach (var step in siblings.OrderBy(node => node.Ordinal))
                {
                    Assert.True(observer.Starting[step.Ordinal] > before, $"{step.Path} starts before its predecessor has ended");
                    before = observer.Ending[step.Ordinal];
                }
            }
            else if (parent.Kind == NodeKind.Parallel)
            {
                Assert.All(siblings, branch => Assert.Equal(parent.At, branch.At));
            }
        }
    });

    [Fact]
    public void A_command_ends_no_earlier_than_its_device_says_so() => Check(Anything, run =>
    {
        foreach (var done in run.World.Devices.SelectMany(device => device.Log).Where(command => command.Done is not null))
        {
            var send = run.World.Sends.First(send => send.Id == done.Id);
            var end = run.Observer.Ends[send.Step];
            Assert.True(end.At >= done.Done || end.Status is StepStatus.Unknown, $"{send.Device}.{send.Command} ends before its device has done it");
        }
    });

    [Fact]
    public void A_node_ends_after_all_within_it() => Check(Anything, run =>
    {
        foreach (var node in run.Observer.Starts.Values.Where(node => node.Parent != 0))
        {
            Assert.True(run.Observer.Ending[node.Parent] > run.Observer.Ending[node.Ordinal], $"{node.Path} ends before all within it");
        }
    });

    [Fact]
    public void The_makespan_is_the_critical_path() => Check(new(), run => Assert.Equal(run.Verdict.Makespan, run.Verdict.CriticalPath));

    [Fact]
    public void A_program_comes_to_what_its_tree_says() => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            var program = new RandomProgram(seed, new() { Shared = false, Timeouts = false, Depth = 4, Failures = seed % 4 != 0 });
            var oracle = new ProgramOracle(program);
            var expected = oracle.Run();
            var run = program.Run(new RunOptions { ShieldBudget = TimeSpan.FromHours(10) });

            Assert.Equal(expected.Failed ? RunStatus.Failed : RunStatus.Succeeded, run.Verdict.Status);
            Assert.Equal(expected.Length, run.Verdict.Makespan);
            Assert.Equal(expected.Length, run.Verdict.CriticalPath);
            Assert.Equal(expected.Errors, run.Verdict.Errors.Length);
            Assert.Equal(oracle.Caught, run.Verdict.Caught);
            Assert.Equal(oracle.Tolerated, run.Verdict.Tolerated);
            Assert.Equal(oracle.Sent, run.World.Sends.Count());
            Assert.Equal(oracle.Logged.Order(), run.World.Trace.Where(IsLogged).Select(line => line[(line.IndexOf(" log ", StringComparison.Ordinal) + 5)..]).Order());
        },
        iter: Programs);

    [Fact]
    public void The_critical_path_is_made_of_steps_that_follow_each_other() => Check(new() { Failures = false, Options = false, ZeroToo = false }, run =>
    {
        var at = run.Verdict.Makespan;
        for (var step = run.Verdict.CriticalStep; step != 0; step = run.Observer.Ends[step].CriticalPredecessor)
        {
            var ended = run.Observer.Ends[step];
            Assert.Equal(at, ended.DoneAt ?? ended.At);
            at = ended.StartedAt ?? run.Observer.Starts[step].At;
        }

        Assert.Equal(TimeSpan.Zero, at);
    });

    [Fact]
    public void A_device_carries_out_one_command_at_a_time_in_the_order_of_arrival() => Check(Anything, run =>
    {
        foreach (var device in run.World.Devices.Where(device => device.Concurrency == 1))
        {
            Assert.Equal(device.Log.Select(command => command.Accepted).Order(), device.Log.Select(command => command.Accepted));
            for (var at = 1; at < device.Log.Count; at++)
            {
                Assert.True(device.Log[at].Started >= device.Log[at - 1].Done);
            }
        }
    });

    [Fact]
    public void No_command_is_carried_out_twice() => Check(Anything, run =>
        Assert.All(run.World.Devices, device => Assert.Equal(device.Log.Count, device.Log.Select(command => command.Id).Distinct().Count())));

    [Fact]
    public void A_finally_always_runs() => Check(Anything, run =>
    {
        // The lines of the nodes that have a finally, as often as they were started, against what their finally logged. A node that its
        // `when` skipped, or that was given up while that was asked, has not begun: nothing is within it.
        var logged = run.World.Trace.Where(line => line.Contains(" log finally ", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]).Order();
        var begun = run.Observer.Starts.Values.Select(node => node.Parent).ToHashSet();
        var started = run.Observer.Starts.Values
            .Where(node => node.Kind == NodeKind.Guard && run.Random.Written[node.Written.Line] is { Finally: not null } written
                && (written.When is null || begun.Contains(node.Ordinal)))
            .Select(node => node.Written.Line.ToString(CultureInfo.InvariantCulture)).Order();
        Assert.Equal(started, logged);
    });

    [Fact]
    public void Every_fault_is_lifted_and_every_matcher_disarmed() => Check(Anything, run =>
    {
        Assert.Equal(
            run.World.Trace.Where(line => line.Contains(" fault ", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]).Order(),
            run.World.Trace.Where(line => line.Contains(" clear ", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]).Order());
        Assert.Equal(0, run.World.Armed);
    });

    [Fact]
    public void Nothing_is_left_in_flight_or_open() => Check(new() { Losses = false }, run =>
    {
        Assert.Equal(0, run.World.InFlight);
        Assert.Equal(0, run.Run.OpenNodes);
        Assert.Equal(0, run.Run.OpenCommands);
    });

    [Fact]
    public void An_interrupted_run_leaves_nothing_in_flight() => Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, 100]).Sample(
        (seed, tenths) =>
        {
            var run = new RandomProgram(seed, new() { Interrupt = TimeSpan.FromMilliseconds(100 * tenths) }).Run();
            Assert.Equal(0, run.World.InFlight);
            Assert.Equal(run.Facts.Any(fact => fact is Fact.CancelAsked), run.Verdict.Status == RunStatus.Interrupted);
        },
        iter: Programs);

    [Fact]
    public void Equal_seeds_give_equal_traces() => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            var program = new RandomProgram(seed, Anything);
            var (one, other) = (program.Run(), new RandomProgram(seed, Anything).Run());
            Assert.Equal(one.World.Trace, other.World.Trace);
            Assert.Equal(one.Facts.Select(Text), other.Facts.Select(Text));
        },
        iter: Programs);

    [Fact]
    public void A_run_that_is_resumed_after_any_fact_ends_in_the_same_way() => Gen.Select(Gen.Int[0, int.MaxValue], Gen.Double[0, 1]).Sample(
        (seed, part) =>
        {
            // A publish that nobody heard counts only once all publishes of its id have come back: that takes a fact more after a re-send.
            var program = new RandomProgram(seed, Anything with { Unheard = false });
            var whole = program.Run();
            var resumed = new InterruptedDriver(program).ResumeAfter(FactsOf(whole, part), losesFacts: false);

            Assert.Equal(whole.Verdict with { Errors = [] }, resumed with { Errors = [] });
            Assert.Equal(whole.Verdict.Errors, resumed.Errors);
        },
        iter: Programs);

    [Fact]
    public void A_run_that_lost_what_was_under_way_still_ends_and_nothing_is_carried_out_twice() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Double[0, 1]).Sample(
            (seed, part) =>
            {
                var program = new RandomProgram(seed, new() { Losses = false });
                var whole = program.Run();
                var driver = new InterruptedDriver(program);
                driver.ResumeAfter(FactsOf(whole, part), losesFacts: true);

                Assert.All(driver.World.Devices, device => Assert.Equal(device.Log.Count, device.Log.Select(command => command.Id).Distinct().Count()));
                Assert.Equal(0, driver.World.InFlight);
            },
            iter: Programs);

    private static int FactsOf(RandomRun whole, double part) => 1 + (int)(part * (whole.Facts.Count - 1));

    private static void Check(RandomProgramOptions options, Action<RandomRun> holds) => Gen.Int[0, int.MaxValue].Sample(
        seed => holds(new RandomProgram(seed, options).Run()),
        iter: Programs);

    private static string Text(Fact fact) => fact is Fact.Selected selected ? $"{fact} {string.Join(' ', selected.Devices)}" : fact.ToString();

    private static bool IsLogged(string line) => line.Contains(" log ", StringComparison.Ordinal);
}
