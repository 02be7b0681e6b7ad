using IotMqtt.Orchestrator.Cli;
using IotMqtt.Testing;

namespace IotMqtt.Orchestrator.Tests.Cli;

public sealed class WatchTests : CliTest
{
    [Fact]
    public async Task A_change_runs_it_again_even_after_an_error_and_an_interruption_ends_it()
    {
        var program = WriteWakeUp();
        using var output = new GrowingText();
        var context = new CliContext { Output = output, Error = output, Environment = _ => null, Folder = Folder, Interrupts = Interrupts };

        var watching = CliProgram.RunAsync(["run", program, "--dry-run", "--watch"], context, TestContext.Current.CancellationToken);
        await UntilAsync(output, "the first run is over", "watching for changes", 1);
        WriteProgram("  - speaker.plaay");
        await UntilAsync(output, "the broken program is refused", "no command", 1);
        await UntilAsync(output, "it watches again", "watching for changes", 2);
        WriteEverythingAtOnce();
        File.Move(Path.Combine(Folder, "everything-at-once.yaml"), program, overwrite: true);
        await UntilAsync(output, "the changed program has run", "everything-at-once failed", 1);
        await UntilAsync(output, "it watches once more", "watching for changes", 3);
        Interrupts.Press();

        Assert.Equal(1, await watching);
    }

    [Fact]
    public async Task It_watches_the_models_and_the_programs_that_are_run_wherever_they_lie()
    {
        Write("models/lamp.yaml", "model: lamp\ncommands: { blink: { takes: 1s } }\n");
        Write("fleets/home.yaml", "fleet: home\nmodels: [../models/lamp.yaml]\ndevices: [{ id: lamp, model: lamp }]\n");
        Write("shared/blink.yaml", "program: blink\nfleet: ../fleets/home.yaml\nsteps: lamp.blink\n");
        var program = Write("programs/main.yaml", "program: main\nfleet: ../fleets/home.yaml\nsteps: [{ run: ../shared/blink.yaml }]\n");
        using var output = new GrowingText();
        var context = new CliContext { Output = output, Error = output, Environment = _ => null, Folder = Folder, Interrupts = Interrupts };

        var watching = CliProgram.RunAsync(["run", program, "--dry-run", "--watch"], context, TestContext.Current.CancellationToken);
        await UntilAsync(output, "the first run is over", "watching for changes", 1);
        Write("programs/unrelated.yaml", "program: unrelated\nsteps: []\n");
        Write("models/lamp.yaml", "model: lamp\ncommands: { blink: { takes: 2s } }\n");
        await UntilAsync(output, "the slower lamp has run", "main succeeded in 2.000 s", 1);
        await UntilAsync(output, "it watches again", "watching for changes", 2);
        Write("shared/blink.yaml", "program: blink\nfleet: ../fleets/home.yaml\nsteps: [lamp.blink, lamp.blink]\n");
        await UntilAsync(output, "the longer program has run", "main succeeded in 4.000 s", 1);
        Interrupts.Press();

        Assert.Equal(0, await watching);
        Assert.DoesNotContain("unrelated", output.Text, StringComparison.Ordinal);
    }

    private static Task UntilAsync(GrowingText output, string reason, string words, int times) => Eventually.Async(
        reason, () => output.Text.Split(words).Length > times, cancellationToken: TestContext.Current.CancellationToken);
}
