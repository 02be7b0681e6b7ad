using System.Diagnostics;
using System.Text.RegularExpressions;
using IotMqtt.Examples;
using IotMqtt.Orchestrator.Tests.Cli;
using IotMqtt.Testing;

namespace IotMqtt.Orchestrator.Tests.Readme;

/// <summary>What the README shows is what there is: its files, its C#, the output of its commands, and mosquitto_rr against a device.</summary>
public sealed partial class ReadmeTests : CliTest
{
    public static TheoryData<string> Files => [.. ReadmeBlock.Origins("file")];

    public static TheoryData<string> Commands => [.. ReadmeBlock.Origins("output")];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_block_of_a_file_has_lines_of_that_file_in_their_order(string file)
    {
        using var lines = File.ReadLines(Path.Combine(ReadmeBlock.Root, file)).Select(line => line.Trim()).GetEnumerator();

        Assert.All(ReadmeBlock.Of(file).Text.Split('\n'), shown => Assert.True(Reaches(shown.Trim()), $"{file} has no line here that says: {shown}"));

        bool Reaches(string shown)
        {
            while (lines.MoveNext())
            {
                if (lines.Current == shown)
                {
                    return true;
                }
            }

            return false;
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_prints_what_the_README_shows(string arguments)
    {
        var result = await RunAsync([.. arguments.Split(' ').Select(word => word.StartsWith("examples/", StringComparison.Ordinal) ? Path.Combine(ReadmeBlock.Root, word) : word)]);

        Assert.Equal(Comparable(ReadmeBlock.Of(arguments).Text), Comparable($"{result.Output}{result.Error}\nexit {result.Code}"));
    }

    [Fact]
    public async Task The_example_in_CSharp_runs()
    {
        var result = await WakeUp.RunAsync(Path.Combine(ReadmeBlock.Root, "examples", "fleets", "home.yaml"), TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded, string.Join('\n', result.Verdict.Errors));
        Assert.True(result.Verdict.CriticalPath >= TimeSpan.FromSeconds(1), "the song was played before the speaker was on");
    }

    [Fact]
    public async Task Mosquitto_rr_drives_a_device()
    {
        var command = Assert.Single(MosquittoRr().Matches(ReadmeBlock.Readme));
        Tool.Find("mosquitto_rr", "mosquitto-clients");
        using var output = new GrowingText();
        var up = CliProgramAsync(output, "up", "--fleet", WriteHome(), "--port", "0");
        await Eventually.Async("up is up", () => output.Text.Contains("Ctrl-C", StringComparison.Ordinal), cancellationToken: TestContext.Current.CancellationToken);

        var start = new ProcessStartInfo("sh", ["-c", $"{command.Value} -p {Port().Match(output.Text).Groups[1].Value} -W 30"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var answer = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Interrupts.Press();

        Assert.Equal(0, await up);
        Assert.StartsWith("""{"status":"rejected",""", answer, StringComparison.Ordinal);
        Assert.Contains("the bowl has not been flushed", answer, StringComparison.Ordinal);
    }

    private Task<int> CliProgramAsync(TextWriter output, params string[] arguments) => Orchestrator.Cli.CliProgram.RunAsync(
        arguments,
        new Orchestrator.Cli.CliContext { Output = output, Error = output, Environment = _ => null, Folder = Folder, Interrupts = Interrupts },
        TestContext.Current.CancellationToken);

    /// <summary>Lines without what differs from run to run: times, the length of bars, which of two branches was critical or ended first.</summary>
    private static string[] Comparable(string text) =>
        [.. text.Split('\n').Select(line => Varying().Replace(line.Replace(ReadmeBlock.Root + "/", "", StringComparison.Ordinal), " ").Trim())
            .Where(line => line.Length > 0).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"(\s|[◆█░▒]|\d+(\.\d+)? (µs|ms|s)\b|(?<![:\d])\d+\.\d+)+")]
    private static partial Regex Varying();

    [GeneratedRegex(@"mosquitto_rr .*toilet.*")]
    private static partial Regex MosquittoRr();

    [GeneratedRegex(@"mqtt://127\.0\.0\.1:(\d+)")]
    private static partial Regex Port();
}
