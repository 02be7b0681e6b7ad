using System.Diagnostics;
using System.Text.RegularExpressions;
using IotMqtt.Orchestrator.Cli;

namespace IotMqtt.Orchestrator.Tests.Cli;

/// <summary><c>up --detach</c> and <c>down</c>, as a script has them.</summary>
public sealed partial class DetachTests : CliTest
{
    private readonly string _name = "test-" + Guid.NewGuid().ToString("N")[..8];

    [Fact]
    public async Task It_returns_when_all_is_ready_and_down_when_all_is_gone()
    {
        var home = WriteHome();
        var up = await ProcessAsync("up", "--detach", "--name", _name, "--fleet", home, "--port", "0");
        try
        {
            Assert.True(up.Code == 0, up.Output + up.Error);
            Assert.Contains("3 devices online", up.Output, StringComparison.Ordinal);
            var broker = BrokerUrl().Match(up.Output).Value;

            // Ready means ready: nobody waits, and all are there.
            var devices = await RunAsync("devices", "--broker", broker);
            var run = await RunAsync("run", WriteWakeUp(), "--broker", broker);
            var again = await RunAsync("up", "--detach", "--name", _name, "--port", "0");

            Assert.Contains($"3 of 3 online on {broker}", devices.Output, StringComparison.Ordinal);
            Assert.True(run.Code == 0, run.Error);
            Assert.Equal(2, again.Code);
            Assert.Contains($"{_name} is up already, with its broker at {broker}", again.Error, StringComparison.Ordinal);

            var down = await RunAsync("down", "--name", _name);

            Assert.Equal((0, $"{_name} has stopped\n"), (down.Code, down.Output));
            var health = await RunAsync("health", "--broker", broker);
            Assert.True(health.Code == 3, health.Output + health.Error);
        }
        finally
        {
            await RunAsync("down", "--name", _name);
        }
    }

    [Fact]
    public async Task What_cannot_start_says_why_and_leaves_nothing()
    {
        var fleet = Write("broken.yaml", "fleet: broken\ndevices: [ { id: x, model: nothing } ]\n");
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;

        var wrong = await ProcessAsync("up", "--detach", "--name", _name, "--fleet", fleet);
        var busy = await ProcessAsync("up", "--detach", "--name", _name, "--port", $"{port}");
        var down = await RunAsync("down", "--name", _name);

        Assert.Equal(2, wrong.Code);
        Assert.Contains("broken.yaml:2:", wrong.Error, StringComparison.Ordinal);
        Assert.Equal(3, busy.Code);
        Assert.Contains("another program listens there", busy.Error, StringComparison.Ordinal);
        Assert.Equal((0, $"{_name} is not up\n"), (down.Code, down.Output));
    }

    [Fact]
    public async Task A_name_that_cannot_be_one_is_refused()
    {
        var result = await RunAsync("down", "--name", "a/b");

        Assert.Equal((2, "error: --name is 'a/b'; it takes up to 40 letters, digits, - and _\n"), (result.Code, result.Error));
    }

    private static async Task<CliResult> ProcessAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CliProgram).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("IOTMQTT_BROKER");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await error);
    }

    [GeneratedRegex(@"mqtt://127\.0\.0\.1:\d+")]
    private static partial Regex BrokerUrl();
}
