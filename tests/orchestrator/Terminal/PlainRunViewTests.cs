using IotMqtt.Engine.Programs;
using IotMqtt.Orchestrator.Terminal;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Recording;
using IotMqtt.Runner.Tests.Reports;

namespace IotMqtt.Orchestrator.Tests.Terminal;

public sealed class PlainRunViewTests
{
    [Fact]
    public async Task A_run_reads_as_its_steps_its_timeline_and_its_verdict()
    {
        var (output, errors) = await ShowAsync("wake-up", SampleReports.WakeUp);

        Assert.Equal(
            """
            wake-up: 3 devices registered in 42 ms (embedded broker)

              0.000  bedroom-light.switch-on  succeeded     501 ms
              0.000  speaker.switch-on        succeeded     501 ms
              0.501  speaker.play             succeeded     501 ms

              bedroom-light.switch-on  ██████████████████████████████                                  501 ms
              speaker.switch-on        ██████████████████████████████                                  501 ms  ◆
              speaker.play                                           █████████████████████████████     501 ms  ◆

            ✓ wake-up succeeded in 1.001 s · 3 steps · critical path ◆ 1.001 s · efficiency 0.999
            """, output, ignoreLineEndingDifferences: true);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task What_went_wrong_is_said_when_it_happens_and_at_the_end_on_standard_error()
    {
        var (output, errors) = await ShowAsync("everything-at-once", SampleReports.Failing);

        Assert.Contains("  0.000  speaker.play rejected: the speaker is off\n", output, StringComparison.Ordinal);
        Assert.Contains("  0.210  toilet.clean rejected: the bowl has not been flushed  (attempt 2)\n", output, StringComparison.Ordinal);
        Assert.EndsWith("✕ everything-at-once failed in 1.600 s · 7 steps · critical path ◆ 1.599 s · efficiency 0.999", output, StringComparison.Ordinal);
        Assert.Equal(
            """
            speaker.play rejected: the speaker is off  (programs/sample.yaml:7:5)
            hall-light.switch-on unknown: no answer within 1.6 s & <nothing> to "quote" | here  (programs/sample.yaml:9:5)
            """, errors, ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Of_a_big_run_the_timeline_shows_what_failed_and_the_critical_path()
    {
        var (output, _) = await ShowAsync("big", recorder => SampleReports.Big(2_000, recorder));

        var timeline = output.Split("\n\n")[^2].Split('\n');
        Assert.Equal(25, timeline.Length);
        Assert.Equal(2, timeline.Count(line => line.EndsWith("failed", StringComparison.Ordinal)));
        Assert.Contains(timeline, line => line.EndsWith('◆'));
        Assert.Equal("  … and 1,976 more steps", timeline[^1]);
    }

    [Fact]
    public async Task A_command_whose_expectation_was_missed_is_one_line_and_one_bar_that_failed()
    {
        var (output, errors) = await ShowAsync("motion", SampleReports.Missed);

        Assert.Equal(1, output.Split('\n').Count(line => line.StartsWith("  0.000  motion.detect", StringComparison.Ordinal)));
        Assert.Contains("  0.000  motion.detect timed-out: received door-lock.downlink did not come within 2s\n", output, StringComparison.Ordinal);
        Assert.Contains("  2.001  lamp.switch-on           succeeded     501 ms\n", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n'), line => line.StartsWith("  motion.detect ", StringComparison.Ordinal) && line.EndsWith("timed-out", StringComparison.Ordinal));
        Assert.Equal("motion.detect timed-out: received door-lock.downlink did not come within 2s  (programs/sample.yaml:5:5)", errors.Split('\n')[0]);
    }

    [Fact]
    public void A_verdict_goes_on_in_the_next_line_between_two_figures_where_the_terminal_is_narrow()
    {
        var report = SampleReports.WakeUp() with { Program = "good-morning-everybody", Caught = 2 };

        Assert.Equal(
            ["✓ good-morning-everybody succeeded in 1.001 s · 3 steps · critical path ◆ 1.001 s", "  efficiency 0.999 · 2 errors caught"],
            VerdictLines.Verdict(report, 82).Select(line => line.ToString()));
        Assert.Single(VerdictLines.Verdict(report, int.MaxValue));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    [InlineData(40)]
    [InlineData(20)]
    public void No_line_of_the_timeline_is_wider_than_the_terminal_unless_its_words_are(int width)
    {
        var lines = Timeline.Of(SampleReports.Failing(), width).Select(line => line.ToString()).ToList();

        Assert.Equal(7, lines.Count);
        Assert.All(lines, line => Assert.True(line.Length <= Math.Max(width, 37), line));
        Assert.All(lines.Where(line => line.Contains("speaker.play", StringComparison.Ordinal)), line => Assert.EndsWith("rejected", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Failures_leave_room_for_the_critical_path()
    {
        var report = SampleReports.Big(2_000);
        report = report with { Steps = [.. report.Steps.Select(step => step.Critical ? step : step with { Status = StepStatus.Rejected, Error = "busy" })] };

        var lines = Timeline.Of(report, 100).Select(line => line.ToString()).ToList();

        Assert.Equal(report.Steps.Count(step => step.Critical), lines.Count(line => line.EndsWith('◆')));
        Assert.All(report.Errors, error => Assert.Contains(lines, line => line.StartsWith($"  {error.Step} ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task No_control_character_of_a_device_reaches_the_terminal()
    {
        var (output, errors) = await ShowAsync("escape", recorder =>
        {
            var run = new SampleRun(recorder);
            var root = run.Start(0, "steps", IotMqtt.Engine.Running.NodeKind.Sequence, 0);
            run.Do(root, "steps[0]", "light", "switch-on", 0, 1, status: IotMqtt.Engine.Programs.StepStatus.Failed, message: "a\u001b[2Jb\nc\u202Ed");
            run.End(root, 2);
            return run.Report("escape");
        });

        Assert.DoesNotContain('\u001b', output + errors);
        Assert.Contains("light.switch-on failed: a�[2Jb c�d", errors, StringComparison.Ordinal);
    }

    private static async Task<(string Output, string Errors)> ShowAsync(string program, Func<RunRecorder, RunReport> run)
    {
        var (output, errors) = (new Lines(), new Lines());
        await using var view = new PlainRunView(new RunTitle(program, "embedded broker", null), output, errors, new StepLines(NodeLabels.None, 23));
        var recorder = new RunRecorder { OnEnded = view.Ended };
        view.Began(new RegistrationReport(3, 41.5), recorder);

        await view.EndedAsync(run(recorder));

        return (output.Text, errors.Text);
    }
}
