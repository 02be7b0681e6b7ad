using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Orchestrator.Terminal.Live;
using IotMqtt.Runner.Reports.Recording;
using IotMqtt.Runner.Tests.Reports;

namespace IotMqtt.Orchestrator.Tests.Terminal;

public sealed class LiveTreeTests
{
    [Fact]
    public void A_small_run_is_shown_whole()
    {
        var run = new SampleRun();
        var root = run.Start(0, "steps", NodeKind.Sequence, 0);
        var both = run.Start(root, "steps[0]", NodeKind.Parallel, 0);
        run.Do(both, "steps[0].parallel[0]", "bedroom-light", "switch-on", 0, 500);
        var speaker = run.Start(both, "steps[0].parallel[1]", NodeKind.Sequence, 0);
        run.Do(speaker, "steps[0].parallel[1].sequence[0]", "speaker", "switch-on", 0, 500);
        var play = run.Start(speaker, "steps[0].parallel[1].sequence[1]", NodeKind.Do, 501, device: "speaker", command: "play");
        run.Recorder.Progressed(new CommandProgressed(play, CommandPhase.Running, TimeSpan.FromMilliseconds(502)));

        Assert.Equal(
            """
              ⠦ parallel                         750 ms  2 done, 1 running
                ✓ bedroom-light.switch-on        501 ms
                ⠦ sequence                       750 ms  1 done, 1 running
                  ✓ speaker.switch-on            501 ms
                  ⠦ speaker.play                 249 ms  running
            """, Draw(run, 750, 20), ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(20)]
    public void A_big_run_keeps_to_its_height_folds_what_is_done_and_keeps_what_failed(int height)
    {
        var run = Big();

        var lines = Draw(run, 400, height).Split('\n');

        Assert.True(lines.Length <= height, string.Join('\n', lines));
        Assert.Contains(lines, line => line.Contains("failed", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("more:", StringComparison.Ordinal) || line.Contains("2,999 done, 2 running", StringComparison.Ordinal) || line.Contains("3,000 done, 1 running", StringComparison.Ordinal));
    }

    [Fact]
    public void What_failed_and_what_runs_comes_before_what_is_done()
    {
        var lines = Draw(Big(), 400, 8);

        Assert.Contains("unit-7.reboot", lines, StringComparison.Ordinal);
        Assert.Contains("failed: the sensor is broken", lines, StringComparison.Ordinal);
        Assert.Contains("unit-3001.reboot", lines, StringComparison.Ordinal);
        Assert.Contains("2,995 done", lines, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_command_that_is_tried_again_the_last_attempt_is_seen()
    {
        var run = new SampleRun();
        var root = run.Start(0, "steps", NodeKind.Sequence, 0);
        var guard = run.Start(root, "steps[0]", NodeKind.Guard, 0);
        run.Do(guard, "steps[0]", "toilet", "clean", 0, 1, status: StepStatus.Rejected, message: "the bowl has not been flushed");
        run.Start(guard, "steps[0]", NodeKind.Do, 200, device: "toilet", command: "clean", attempt: 2);

        var line = Assert.Single(Draw(run, 300, 5).Split('\n'));

        Assert.Contains("toilet.clean ↻2", line, StringComparison.Ordinal);
    }

    [Fact]
    public void What_failed_is_seen_beside_a_big_group_that_runs()
    {
        var run = new SampleRun();
        var root = run.Start(0, "steps", NodeKind.Sequence, 0);
        var both = run.Start(root, "steps[0]", NodeKind.Parallel, 0);
        var lights = run.Start(both, "steps[0].parallel[0]", NodeKind.Each, 0);
        for (var light = 1; light <= 500; light++)
        {
            run.Start(lights, $"steps[0].parallel[0].each[light-{light}]", NodeKind.Do, 0, device: $"light-{light}", command: "switch-on");
        }

        var toilets = run.Start(both, "steps[0].parallel[1]", NodeKind.Each, 0);
        for (var toilet = 1; toilet <= 100; toilet++)
        {
            var own = run.Start(toilets, $"steps[0].parallel[1].each[toilet-{toilet}]", NodeKind.Sequence, 0);
            run.Do(own, $"steps[0].parallel[1].each[toilet-{toilet}].steps[0]", $"toilet-{toilet}", "clean", 0, 1,
                status: toilet == 70 ? StepStatus.Rejected : StepStatus.Succeeded, message: toilet == 70 ? "the bowl has not been flushed" : null);
        }

        var lines = Draw(run, 400, 12);

        Assert.Contains("toilet-70.clean", lines, StringComparison.Ordinal);
        Assert.Contains("rejected: the bowl has not been flushed", lines, StringComparison.Ordinal);
        Assert.Contains("light-1.switch-on", lines, StringComparison.Ordinal);
    }

    [Fact]
    public void What_may_be_tried_again_or_was_got_over_has_not_failed()
    {
        var run = new SampleRun();
        var root = run.Start(0, "steps", NodeKind.Sequence, 0);
        var guard = run.Start(root, "steps[0]", NodeKind.Guard, 0);
        run.Do(guard, "steps[0]", "toilet", "clean", 0, 1, status: StepStatus.Rejected, message: "the bowl has not been flushed", fatal: false);
        Assert.Equal([0, 1], run.Recorder.Look(root => new[] { root!.Errors, root.Children[0].Errors }));

        run.End(guard, 500, StepStatus.Rejected);
        Assert.Equal([1, 1], run.Recorder.Look(root => new[] { root!.Errors, root.Children[0].Errors }));

        run.End(root, 500);
        Assert.Equal(0, run.Recorder.Look(root => root!.Errors));
    }

    [Fact]
    public void In_a_narrow_terminal_names_give_way_to_what_is_happening()
    {
        var run = new SampleRun();
        var root = run.Start(0, "steps", NodeKind.Sequence, 0);
        run.Start(root, "steps[0]", NodeKind.Do, 0, device: "bedroom-light", command: "switch-on");

        Assert.StartsWith("  ⠦ bedr…  750 ms", Draw(run, 750, 5, width: 18), StringComparison.Ordinal);
    }

    [Fact]
    public void What_ended_long_ago_is_counted_and_not_remembered()
    {
        using var recorder = new RunRecorder();
        var run = new SampleRun(recorder);
        var root = run.Start(0, "steps", NodeKind.Sequence, 0);
        var rounds = run.Start(root, "steps[0]", NodeKind.Repeat, 0);
        for (var round = 1; round <= 30_000; round++)
        {
            var steps = run.Start(rounds, $"steps[0].repeat[{round}]", NodeKind.Sequence, round);
            run.Do(steps, $"steps[0].repeat[{round}].steps[0]", "light", "switch-on", round, 0.1);
            run.End(steps, round + 0.9);
        }

        Assert.InRange(recorder.Remembered, 4_096, 8_300);
        var lines = Draw(run, 30_001, 10).Split('\n');
        Assert.Equal(10, lines.Length);
        Assert.Contains("30,000 done", lines[0], StringComparison.Ordinal);
        Assert.Equal("    … and 29,992 more: 29,992 done", lines[^1]);
        Assert.Equal((30_000, 60_002), (run.Report().Steps.Count, run.Report().Nodes.Count));
    }

    private static SampleRun Big()
    {
        var run = new SampleRun();
        var root = run.Start(0, "steps", NodeKind.Sequence, 0);
        var all = run.Start(root, "steps[0]", NodeKind.Parallel, 0);
        for (var unit = 1; unit <= 3_000; unit++)
        {
            var failed = unit == 7;
            run.Do(all, $"steps[0].parallel[{unit - 1}]", $"unit-{unit}", "reboot", 0, 100,
                status: failed ? StepStatus.Failed : StepStatus.Succeeded, message: failed ? "the sensor is broken" : null);
        }

        run.Start(all, "steps[0].parallel[3000]", NodeKind.Do, 0, device: "unit-3001", command: "reboot");
        return run;
    }

    private static string Draw(SampleRun run, double now, int height, int width = 100) => string.Join('\n', run.Recorder.Look(root =>
        new LiveTree(NodeLabels.None, TimeSpan.FromMilliseconds(now), 32, width).Draw(root, height).Select(line => line.ToString())));
}
