using System.Diagnostics;
using System.Xml.Linq;
using IotMqtt.Models.Reading;
using IotMqtt.Orchestrator.Cli;
using IotMqtt.Orchestrator.Tests.Cli;
using IotMqtt.Orchestrator.Tests.Readme;

namespace IotMqtt.Orchestrator.Tests.Deploying;

/// <summary>What the GitHub action runs, as a runner would run it.</summary>
public sealed class CiScriptTests : CliTest
{
    [Fact]
    public async Task It_keeps_reports_writes_the_summary_and_puts_failures_at_their_lines()
    {
        var good = Path.GetFileName(WriteWakeUp());
        var bad = Path.GetFileName(WriteEverythingAtOnce());

        var result = await RunScriptAsync(("INPUT_PROGRAM", $"{bad}\n{good}\n"), ("INPUT_REPORTS", "out"));

        Assert.Equal(1, result.Code);
        Assert.Contains("::error file=everything-at-once.yaml,line=7,col=9::speaker.play rejected: the speaker is off\n", result.Output, StringComparison.Ordinal);
        Assert.Equal("exit-code=1\n", await File.ReadAllTextAsync(Path.Combine(Folder, "output"), TestContext.Current.CancellationToken));
        Assert.Contains("## ❌ everything-at-once", await File.ReadAllTextAsync(Path.Combine(Folder, "summary"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(2, XDocument.Load(Path.Combine(Folder, "out", "junit.xml")).Root!.Elements("testsuite").Count());
        Assert.True(File.Exists(Path.Combine(Folder, "out", "wake-up.html")));
    }

    [Fact]
    public async Task A_file_that_is_not_valid_is_annotated_and_ends_with_2()
    {
        var result = await RunScriptAsync(("INPUT_PROGRAM", Path.GetFileName(WriteProgram("  - speaker.swich-on"))));

        Assert.Equal(2, result.Code);
        Assert.Contains("::error file=wake-up.yaml,line=4,col=13::smart-speaker has no command", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fleet_and_parameters_are_passed_on()
    {
        Write("lamp.yaml", "fleet: lamp\ndevices: [ { id: lamp, model: hue-light } ]\n");
        var program = Write("colour.yaml", "program: colour\nparams: { colour: { type: text }, level: { type: integer } }\nsteps: [ { log: \"${params.colour} ${params.level}\" }, lamp.switch-on ]\n");

        var result = await RunScriptAsync(("INPUT_PROGRAM", Path.GetFileName(program)), ("INPUT_FLEET", "lamp.yaml"), ("INPUT_SET", "colour=deep red\nlevel=3"));

        Assert.True(result.Code == 0, result.Error);
        Assert.Contains("deep red 3", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_action_gives_each_of_its_inputs_to_the_script_that_is_there()
    {
        var diagnostics = new DiagnosticBag();
        var action = Assert.IsType<YamlMap>(YamlFile.Read(Path.Combine(ReadmeBlock.Root, "action.yml"), diagnostics));
        var text = File.ReadAllText(Path.Combine(ReadmeBlock.Root, "action.yml"));
        var script = File.ReadAllText(Path.Combine(ReadmeBlock.Root, "deploy", "ci", "run.sh"));
        var inputs = Assert.IsType<YamlMap>(action.Entries.Single(entry => entry.Key.Text == "inputs").Value);

        Assert.False(diagnostics.HasErrors);
        Assert.All(inputs.Entries.Select(entry => entry.Key.Text), input =>
        {
            Assert.Contains($"INPUT_{input.ToUpperInvariant()}: ${{{{ inputs.{input} }}}}", text, StringComparison.Ordinal);
            Assert.Contains($"INPUT_{input.ToUpperInvariant()}", script, StringComparison.Ordinal);
        });
        Assert.Contains("$GITHUB_ACTION_PATH/deploy/ci/run.sh", text, StringComparison.Ordinal);
    }

    private async Task<CliResult> RunScriptAsync(params (string Name, string Value)[] inputs)
    {
        var start = new ProcessStartInfo(Path.Combine(ReadmeBlock.Root, "deploy", "ci", "run.sh"))
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("IOTMQTT_BROKER");
        start.Environment["INPUT_COMMAND"] = $"dotnet '{typeof(CliProgram).Assembly.Location}'";
        start.Environment["GITHUB_ACTIONS"] = "true";
        start.Environment["GITHUB_OUTPUT"] = Path.Combine(Folder, "output");
        start.Environment["GITHUB_STEP_SUMMARY"] = Path.Combine(Folder, "summary");
        foreach (var (name, value) in inputs)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await error);
    }
}
