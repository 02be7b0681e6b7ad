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
        var verdicts = new HashSet<RunStatus>();
        var (caught, undecided) = (0, 0);
        for (var seed = 0; seed < 1000; seed++)
        {
            var run = new RandomProgram(seed, Anything with { Interrupt = seed % 10 == 0 ? TimeSpan.FromSeconds(3) : null }).Run();
            statuses.UnionWith(run.Observer.Ends.Values.Select(node => node.Status));
            verdicts.Add(run.Verdict.Status);
            caught += run.Verdict.Caught;
            undecided += run.World.Trace.Count(line => line.Contains(" query ", StringComparison.Ordinal));
        }

        Assert.Superset(
            new HashSet<StepStatus>
            {
                StepStatus.Succeeded, StepStatus.Failed, StepStatus.Rejected, StepStatus.Expired, StepStatus.Cancelled, StepStatus.Unknown,
                StepStatus.TimedOut, StepStatus.Skipped,
            },
            statuses);
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
                TimeSpan? before = null;
                foreach (var step in siblings.OrderBy(node => node.Ordinal))
                {
                    Assert.True(before is null || step.At >= before, $"{step.Path} starts before its predecessor has ended");
                    before = observer.Ends[step.Ordinal].At;
                }
            }
            else if (parent.Kind == NodeKind.Parallel)
            {
                Assert.All(siblings, branch => Assert.Equal(parent.At, branch.At));
            }
        }
    });

    [Fact]
    public void A_node_ends_after_all_within_it() => Check(Anything, run =>
    {
        foreach (var node in run.Observer.Starts.Values.Where(node => node.Parent != 0))
        {
            Assert.True(run.Observer.Ends[node.Parent].At >= run.Observer.Ends[node.Ordinal].At, $"{node.Path} ends after the node around it");
        }
    });

    [Fact]
    public void The_makespan_is_the_critical_path() => Check(new(), run => Assert.Equal(run.Verdict.Makespan, run.Verdict.CriticalPath));

    [Fact]
    public void The_makespan_is_what_the_program_tree_comes_to() => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            var program = new RandomProgram(seed, new RandomProgramOptions { Shared = false, Failures = false, Options = false, Depth = 4 });
            var takes = program.World().Devices.SelectMany(device => device.Scripts).ToDictionary(script => script.Key, script => script.Value[0].Takes);
            var expected = TreeOracle.LengthOf(program.Program.Steps, takes);
            var verdict = program.Run().Verdict;

            Assert.Equal(expected, verdict.Makespan);
            Assert.Equal(expected, verdict.CriticalPath);
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
        // The lines of the nodes that have a finally, as often as they were started, against what their finally logged.
        var logged = run.World.Trace.Where(line => line.Contains(" log finally ", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]).Order();
        var started = run.Observer.Starts.Values
            .Where(node => node.Kind == NodeKind.Guard && HasFinally(run, node.Written.Line))
            .Select(node => node.Written.Line.ToString()).Order();
        Assert.Equal(started, logged);
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
            Assert.Equal(one.Facts, other.Facts);
        },
        iter: Programs);

    [Fact]
    public void A_run_that_is_resumed_after_any_fact_ends_in_the_same_way() => Gen.Select(Gen.Int[0, int.MaxValue], Gen.Double[0, 1]).Sample(
        (seed, part) =>
        {
            var program = new RandomProgram(seed, Anything);
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

    private static bool HasFinally(RandomRun run, int line) => NodeTree.All(run.Program.Steps).Any(node => node.At.Line == line && node.Finally is not null);
}
