using System.Text.Json;
using System.Xml.Linq;

namespace IotMqtt.Orchestrator.Tests.Cli;

/// <summary>Several programs, or a folder of them, in one command line.</summary>
public sealed class SeriesTests : CliTest
{
    [Fact]
    public async Task Programs_with_one_fleet_share_it_and_each_has_its_verdict()
    {
        WriteHome();
        Write("b-plays.yaml", "program: plays\nfleet: home.yaml\nsteps: [ { do: speaker.play, with: { song: x } } ]\n");
        Write("a-on.yaml", "program: on\nfleet: home.yaml\nsteps: [ speaker.switch-on ]\n");
        Write("c-fails.yaml", "program: fails\nfleet: home.yaml\nsteps: [ toilet.clean ]\n");

        var result = await RunAsync("run", Folder);

        Assert.Equal(1, result.Code);

        // The speaker plays, because the program before switched it on.
        Assert.EndsWith("\n✓ on\n✓ plays\n✕ fails  exit 1\n2 of 3 programs succeeded\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("c-fails.yaml:3:10", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_fleets_get_a_broker_of_their_own()
    {
        var first = WriteWakeUp();
        Write("lamp.yaml", "fleet: lamp\ndevices: [ { id: lamp, model: hue-light } ]\n");
        var second = Write("lamp-on.yaml", "program: lamp-on\nfleet: lamp.yaml\nsteps: [ lamp.switch-on ]\n");

        var result = await RunAsync("run", first, second);

        Assert.True(result.Code == 0, result.Error);
        Assert.Contains("wake-up: 3 devices registered", result.Output, StringComparison.Ordinal);
        Assert.Contains("lamp-on: 1 device registered", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_any_of_them_is_said_at_once_and_none_is_run()
    {
        var good = WriteWakeUp();
        var bad = WriteProgram("  - speaker.swich-on", "bad");
        var worse = WriteProgram("  - sofa.sit", "worse");

        var result = await RunAsync("run", good, bad, worse);

        Assert.Equal(2, result.Code);
        Assert.Empty(result.Output);
        Assert.Contains("bad.yaml:4:13: error:", result.Error, StringComparison.Ordinal);
        Assert.Contains("worse.yaml:4:5: error:", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JUnit_has_a_suite_each_Markdown_a_section_and_names_with_a_placeholder_a_file_each()
    {
        var (good, bad) = (WriteWakeUp(), WriteEverythingAtOnce());

        var result = await RunAsync(
            "run", good, bad, "--dry-run", "--report", $"junit={Folder}/all.xml", "--report", $"markdown={Folder}/all.md", "--report", $"json={Folder}/reports/{{program}}.json");

        Assert.Equal(1, result.Code);
        var suites = XDocument.Load(Path.Combine(Folder, "all.xml")).Root!.Elements("testsuite").ToList();
        Assert.Equal([("wake-up", "3", "0"), ("everything-at-once", "3", "1")], suites.Select(suite => ((string)suite.Attribute("name")!, (string)suite.Attribute("tests")!, (string)suite.Attribute("failures")!)));
        var markdown = await File.ReadAllTextAsync(Path.Combine(Folder, "all.md"), TestContext.Current.CancellationToken);
        Assert.Contains("## ✅ wake-up", markdown, StringComparison.Ordinal);
        Assert.Contains("## ❌ everything-at-once", markdown, StringComparison.Ordinal);
        Assert.Equal(["everything-at-once.json", "wake-up.json"], Directory.GetFiles(Path.Combine(Folder, "reports")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_report_that_has_one_program_is_refused_before_anything_runs()
    {
        var result = await RunAsync("run", WriteWakeUp(), WriteEverythingAtOnce(), "--dry-run", "--report", $"html={Folder}/all.html");

        Assert.Equal(2, result.Code);
        Assert.Equal("error: the html report all.html has one program, and there are 2: put {program} into its name\n", result.Error);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Standard_output_is_one_document_with_an_element_each()
    {
        var result = await RunAsync("run", WriteWakeUp(), WriteEverythingAtOnce(), "--dry-run", "--output", "json");

        var runs = JsonDocument.Parse(result.Output).RootElement.EnumerateArray().Select(run => run.GetProperty("program").GetString());
        Assert.Equal(["wake-up", "everything-at-once"], runs);
    }

    [Fact]
    public async Task A_folder_is_its_programs_alone_for_run_and_all_of_it_for_validate()
    {
        WriteWakeUp();
        Write("more/docker-compose.yml", "services: {}\n");
        Write("more/notes.txt", "program: no");

        var run = await RunAsync("run", Folder, "--dry-run");
        var validate = await RunAsync("validate", Folder);
        var nothing = await RunAsync("run", Path.Combine(Folder, "more"));

        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("✓ wake-up succeeded", run.Output, StringComparison.Ordinal);
        Assert.True(validate.Code == 0, validate.Error);
        Assert.Contains("✓ home.yaml: the fleet home", validate.Output, StringComparison.Ordinal);
        Assert.Contains("✓ wake-up.yaml: the program wake-up", validate.Output, StringComparison.Ordinal);
        Assert.Equal((2, "error: there is no program in more\n"), (nothing.Code, nothing.Error));
    }

    [Fact]
    public async Task An_interruption_ends_all_of_them()
    {
        var first = WriteProgram("  - log: running\n  - delay: 10m", "first");
        var running = RunAsync("run", first, WriteWakeUp());
        await Testing.Eventually.Async("somebody listens", () => Interrupts.IsListening, cancellationToken: TestContext.Current.CancellationToken);
        await Task.Yield();
        Interrupts.Press();

        var result = await running;

        Assert.Equal(130, result.Code);
        Assert.Contains("– wake-up  not run", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_cannot_begin_does_not_keep_the_others_from_it()
    {
        var (first, second) = (WriteProgram("  - speaker.switch-on", "first"), WriteProgram("  - speaker.switch-off", "second"));

        var result = await RunAsync("run", first, second, "--broker", "mqtt://127.0.0.1:1", "--report", $"junit={Folder}/all.xml");

        Assert.Equal(3, result.Code);
        Assert.EndsWith("✕ first  exit 3\n✕ second  exit 3\n0 of 2 programs succeeded\n", result.Output, StringComparison.Ordinal);
        Assert.All(XDocument.Load(Path.Combine(Folder, "all.xml")).Descendants("testsuite"), suite => Assert.Equal("1", (string)suite.Attribute("errors")!));
    }
}
