using IotMqtt.Engine.Running;
using IotMqtt.Orchestrator.Terminal;
using IotMqtt.Orchestrator.Terminal.Live;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Recording;
using IotMqtt.Runner.Tests.Reports;
using IotMqtt.Testing;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;
using Spectre.Console.Testing;

namespace IotMqtt.Orchestrator.Tests.Terminal;

public sealed class LiveRunViewTests
{
    [Fact]
    public async Task The_tree_moves_with_the_clock_and_gives_way_to_the_timeline()
    {
        using var console = new TestConsole().Width(100).Height(30).Interactive().EmitAnsiSequences();
        var (errors, time) = (new Lines(), new FakeTimeProvider());
        await using var view = new LiveRunView(new RunTitle("wake-up", "embedded broker", null), console, errors, NodeLabels.None, 23, time);
        var recorder = new RunRecorder { OnEnded = view.Ended };
        await Eventually.Async("the wait for the devices is seen", () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(125));
            return console.Output.Contains("waiting for its devices", StringComparison.Ordinal);
        }, cancellationToken: TestContext.Current.CancellationToken);
        view.Began(new RegistrationReport(3, 41.5), recorder);
        var run = new SampleRun(recorder);
        var root = run.Start(0, "steps", NodeKind.Sequence, 0);
        var light = run.Start(root, "steps[0]", NodeKind.Do, 0, device: "bedroom-light", command: "switch-on");
        await Eventually.Async("the running step is drawn", () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(125));
            return console.Output.Contains("bedroom-light.switch-on", StringComparison.Ordinal);
        }, cancellationToken: TestContext.Current.CancellationToken);

        run.End(light, 501);
        run.End(root, 501);
        await view.EndedAsync(run.Report("wake-up"));

        Assert.Contains("wake-up succeeded", console.Output, StringComparison.Ordinal);
        Assert.EndsWith("\u001b[?25h", LastCursorChange(console.Output), StringComparison.Ordinal);
        Assert.Empty(errors.Text);
    }

    [Fact]
    public async Task A_tall_terminal_is_used_to_its_last_rows()
    {
        using var console = new TestConsole().Width(200).Height(50).Interactive();
        var time = new FakeTimeProvider();
        await using var view = new LiveRunView(new RunTitle("all", "embedded broker", null), console, new Lines(), NodeLabels.None, 23, time);
        var recorder = new RunRecorder { OnEnded = view.Ended };
        var run = new SampleRun(recorder);
        var root = run.Start(0, "steps", NodeKind.Parallel, 0);
        for (var unit = 1; unit <= 44; unit++)
        {
            run.Start(root, $"steps[0].parallel[{unit}]", NodeKind.Do, 0, device: $"unit-{unit}", command: "reboot");
        }

        view.Began(new RegistrationReport(44, 1), recorder);

        await Eventually.Async("all of them are drawn", () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(125));
            return console.Output.Contains("unit-44.reboot", StringComparison.Ordinal);
        }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.DoesNotContain("more:", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_logged_in_the_same_terminal_waits_for_the_end_of_the_tree()
    {
        using var console = new TestConsole().Width(100).Interactive();
        using var terminal = new TestConsole().Width(100);
        await using var view = new LiveRunView(new RunTitle("x", "embedded broker", null), console, new ColourOutput(terminal), NodeLabels.None, 23, new FakeTimeProvider());
        view.Log.Write(new((Piece)"before"));
        view.Began(new RegistrationReport(3, 0), new RunRecorder());

        view.Log.Write(new((Piece)"while it runs"));
        Assert.Empty(terminal.Output);
        await view.EndedAsync(SampleReports.WakeUp());

        Assert.StartsWith("before\nwhile it runs\n", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_over_before_the_first_frame_shows_its_verdict()
    {
        using var console = new TestConsole().Width(100).Interactive();
        await using var view = new LiveRunView(new RunTitle("quick", "dry run", 7), console, new Lines(), NodeLabels.None, 23, new FakeTimeProvider());
        view.Began(new RegistrationReport(3, 0), new RunRecorder());

        await view.EndedAsync(SampleReports.WakeUp());

        Assert.Contains("quick: 3 devices registered in 0 ms (dry run, seed 7)", console.Output, StringComparison.Ordinal);
        Assert.Contains("✓ wake-up succeeded in 1.001 s", console.Output, StringComparison.Ordinal);
    }

    private static string LastCursorChange(string output)
    {
        var at = output.LastIndexOf("\u001b[?25", StringComparison.Ordinal);
        return at < 0 ? "" : output.Substring(at, 6);
    }
}
