using System.Diagnostics;
using IotMqtt.Orchestrator.Cli;
using IotMqtt.Testing;

namespace IotMqtt.Orchestrator.Tests.Cli;

/// <summary>The program as a process: what only a process has.</summary>
public sealed class ProcessTests : CliTest
{
    [Theory]
    [InlineData("-HUP")]
    [InlineData("-QUIT")]
    public async Task A_terminal_that_closes_ends_a_run_with_its_finally(string signal)
    {
        using var process = Start("run", WriteProgram("  - sequence: [ { log: running }, { delay: 10m } ]\n    finally: [ { log: tidied up } ]"));
        await Eventually.Async("the run is running", UntilAsync(process.StandardOutput, "running"), TestContext.Current.CancellationToken);

        Process.Start("kill", [signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).Dispose();
        var rest = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, process.ExitCode);
        Assert.Contains("tidied up", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SIGINT_ends_a_run_with_130_and_says_what_it_does()
    {
        using var process = Start("run", WriteProgram("  - speaker.switch-on\n  - log: running\n  - delay: 10m"));
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Eventually.Async("the run is running", UntilAsync(process.StandardOutput, "running"), TestContext.Current.CancellationToken);

        Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).Dispose();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, process.ExitCode);
        Assert.Contains("interrupted: cancelling what is in flight", await error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SIGTERM_stops_up_with_0()
    {
        using var process = Start("up", "--fleet", WriteHome(), "--port", "0");
        await Eventually.Async("up is up", UntilAsync(process.StandardOutput, "Ctrl-C"), TestContext.Current.CancellationToken);

        Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).Dispose();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task A_dry_run_writes_no_colours_into_a_pipe()
    {
        using var process = Start("run", WriteWakeUp(), "--dry-run");
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Assert.Contains("✓ wake-up succeeded in 1.000 s", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    private static Process Start(params string[] arguments)
    {
        // Whoever starts the tests may ignore SIGINT and SIGQUIT, as a shell does for what it starts in the background; a child would inherit that.
        var start = new ProcessStartInfo("env") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("--default-signal=INT,QUIT,HUP");
        start.ArgumentList.Add("dotnet");
        start.ArgumentList.Add(typeof(CliProgram).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("IOTMQTT_BROKER");
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
    }

    private static async Task UntilAsync(StreamReader output, string words)
    {
        while (await output.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains(words, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"it ended without saying '{words}'");
    }
}
