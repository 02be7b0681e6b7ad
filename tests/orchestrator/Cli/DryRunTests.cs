using System.Text.Json;

namespace IotMqtt.Orchestrator.Tests.Cli;

public sealed class DryRunTests : CliTest
{
    [Fact]
    public async Task Wake_up_reads_like_this()
    {
        var result = await RunAsync("run", WriteWakeUp(), "--dry-run");

        Assert.Equal(
            """
            wake-up: 3 devices registered in 0 ms (dry run)

              0.000  bedroom-light.switch-on  succeeded     500 ms
              0.000  speaker.switch-on        succeeded     500 ms
              0.500  speaker.play             succeeded     500 ms

              bedroom-light.switch-on  ██████████████████████████████                                  500 ms
              speaker.switch-on        ██████████████████████████████                                  500 ms  ◆
              speaker.play                                           █████████████████████████████     500 ms  ◆

            ✓ wake-up succeeded in 1.000 s · 3 steps · critical path ◆ 1.000 s · efficiency 1.000

            """, result.Output, ignoreLineEndingDifferences: true);
        Assert.Empty(result.Error);
        Assert.Equal(0, result.Code);
    }

    [Fact]
    public async Task Whole_numbers_beyond_what_JavaScript_holds_are_compared_digit_by_digit()
    {
        Write("echo.yaml", "model: echo\ncommands: { echo: { args: { id: integer }, result: { id: \"${args.id}\" } } }\n");
        Write("fleet.yaml", "fleet: f\nmodels: [echo.yaml]\ndevices: [ { id: u1, model: echo } ]\n");
        var program = Write(
            "big.yaml",
            """
            program: big
            fleet: fleet.yaml
            steps:
              - do: u1.echo
                id: x
                with: { id: 1724442618569203714 }
              - assert: steps.x.result.id == 1724442618569203713
            """);

        var result = await RunAsync("run", program, "--dry-run");

        Assert.Equal(1, result.Code);
        Assert.Contains("steps.x.result.id == 1724442618569203713 does not hold: steps.x.result.id is 1724442618569203714", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_whose_expectation_did_not_come_is_listed_once_as_what_it_came_to()
    {
        var junit = Path.Combine(Folder, "junit.xml");
        var program = WriteProgram(
            """
              - do: speaker.switch-on
                expect: { topic: lab/door, where: value.locked, within: 700ms }
            """);

        var result = await RunAsync("run", program, "--dry-run", "--report", $"junit={junit}");

        Assert.Equal(1, result.Code);
        var lines = result.Output.Split('\n').Where(line => line.TrimStart().StartsWith("0.000  speaker.switch-on", StringComparison.Ordinal));
        Assert.Equal(["  0.000  speaker.switch-on timed-out: topic lab/door where value.locked did not come within 700ms; nothing came"], lines);
        Assert.Equal("speaker.switch-on timed-out: topic lab/door where value.locked did not come within 700ms; nothing came  (wake-up.yaml:4:5)\n", result.Error);
        var cases = System.Xml.Linq.XDocument.Load(junit).Descendants("testcase").ToList();
        Assert.Single(cases);
        Assert.Contains("wake-up.yaml:4:5: speaker.switch-on timed-out: topic lab/door", cases[0].Element("failure")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_that_rejects_says_which_it_is()
    {
        Write("fleet.yaml", "fleet: f\ndevices:\n  - { id: light, model: hue-light }\nfaults:\n  - { on-devices: light, reject: 100% }\n");
        var program = Write("p.yaml", "program: p\nfleet: fleet.yaml\nsteps:\n  - light.switch-on\n");

        var result = await RunAsync("run", program, "--dry-run");

        Assert.Contains("light.switch-on rejected: faults[0] of fleet.yaml rejects it", result.Error.Replace(Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_run_reads_like_this()
    {
        var result = await RunAsync("run", WriteEverythingAtOnce(), "--dry-run");

        Assert.Equal(1, result.Code);
        Assert.Contains("  0.000  speaker.play rejected: the speaker is off\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("✕ everything-at-once failed in 500 ms", result.Output, StringComparison.Ordinal);
        Assert.Equal("speaker.play rejected: the speaker is off  (everything-at-once.yaml:7:9)\n", result.Error);
    }

    [Fact]
    public async Task Json_is_one_document_on_standard_output_and_errors_go_to_standard_error()
    {
        var result = await RunAsync("run", WriteEverythingAtOnce(), "--dry-run", "--output", "json");

        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal("failed", document.RootElement.GetProperty("status").GetString());
        Assert.Equal(3, document.RootElement.GetProperty("steps").GetArrayLength());
        Assert.StartsWith("speaker.play rejected: the speaker is off", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.Code);
    }

    [Fact]
    public async Task Equal_seeds_give_equal_documents()
    {
        var program = WriteWakeUp();

        var one = await RunAsync("run", program, "--dry-run", "--output", "json", "--seed", "7");
        var other = await RunAsync("run", program, "--dry-run", "--output", "json", "--seed", "7");

        Assert.Equal(one.Output, other.Output);
    }

    [Fact]
    public async Task The_timeout_of_the_run_passes_in_virtual_time_too()
    {
        var result = await RunAsync("run", WriteProgram("  - delay: 3h\n  - speaker.switch-on"), "--dry-run", "--timeout", "5s");

        Assert.Equal(5, result.Code);
        Assert.Contains("✕ wake-up timed out in 5.000 s", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_are_written_each_to_its_file()
    {
        var reports = new[] { "json", "junit", "html", "markdown" }.ToDictionary(kind => kind, kind => Path.Combine(Folder, $"report.{kind}"));

        var result = await RunAsync(["run", WriteWakeUp(), "--dry-run", .. reports.SelectMany(report => new[] { "--report", $"{report.Key}={report.Value}" })]);

        Assert.Equal(0, result.Code);
        Assert.StartsWith("{", await ReadAsync(reports["json"]), StringComparison.Ordinal);
        Assert.StartsWith("<?xml", await ReadAsync(reports["junit"]), StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", await ReadAsync(reports["html"]), StringComparison.Ordinal);
        Assert.StartsWith("## ✅ wake-up succeeded", await ReadAsync(reports["markdown"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_of_a_CI_step_is_added_to()
    {
        var summary = Write("summary.md", "# before\n");
        Environment["GITHUB_STEP_SUMMARY"] = summary;

        await RunAsync("run", WriteWakeUp(), "--dry-run", "--report", $"markdown={summary}");

        Assert.StartsWith("# before\n## ✅ wake-up", await ReadAsync(summary), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_said_before_anything_runs()
    {
        Write("taken", "a file where a folder should be");

        var result = await RunAsync("run", WriteWakeUp(), "--dry-run", "--report", $"html={Folder}/taken/x.html");

        Assert.Equal(2, result.Code);
        Assert.Contains("the html report cannot be written to taken/x.html", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task The_folder_of_a_report_is_made()
    {
        var result = await RunAsync("run", WriteWakeUp(), "--dry-run", "--report", $"junit={Folder}/out/of/ci/run.xml");

        Assert.Equal(0, result.Code);
        Assert.StartsWith("<?xml", await ReadAsync($"{Folder}/out/of/ci/run.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_cannot_begin_leaves_no_report_and_keeps_the_one_before()
    {
        var before = Write("before.xml", "<testsuites/>");

        var result = await RunAsync("run", WriteProgram("  - speaker.plaay"), "--dry-run", "--report", $"junit={before}", "--report", $"json={Folder}/new.json");

        Assert.Equal(2, result.Code);
        Assert.Equal("<testsuites/>", await ReadAsync(before));
        Assert.False(File.Exists($"{Folder}/new.json"));
    }

    [Fact]
    public async Task The_critical_path_goes_through_all_attempts_of_what_is_tried_again()
    {
        var result = await RunAsync("run", WriteProgram(
            """
              - parallel:
                  - [ delay: 1s, toilet.flush ]
                  - - bedroom-light.switch-off
                    - sequence: [ bedroom-light.switch-on, toilet.clean ]
                      retry: { attempts: 3, initial: 400ms, backoff: constant, jitter: 0% }
            """), "--dry-run", "--output", "json");

        using var document = JsonDocument.Parse(result.Output);
        var critical = document.RootElement.GetProperty("steps").EnumerateArray().Where(step => step.GetProperty("critical").GetBoolean());
        Assert.Equal(
            ["bedroom-light.switch-off 0", "bedroom-light.switch-on 500", "bedroom-light.switch-on 1400", "toilet.clean 1900"],
            critical.Select(step => $"{step.GetProperty("device")}.{step.GetProperty("command")} {step.GetProperty("publishedAt")}"));
    }

    [Fact]
    public async Task The_record_calls_nodes_by_the_programs_words_and_keeps_what_was_logged()
    {
        var result = await RunAsync("run", WriteProgram(
            """
              - if: "true"
                then: { fail: broken }
                catch: { log: "it was ${error.message}" }
                finally: bedroom-light.switch-off
              - each: hue-light
                batches: [1]
                gate: { delay: 1s }
                steps: d.switch-on
            """), "--dry-run", "--output", "json");

        using var document = JsonDocument.Parse(result.Output);
        var nodes = document.RootElement.GetProperty("nodes").EnumerateArray().ToList();
        Assert.Equal(
            ["wake-up", "if true", "if true", "then", "fail broken", "catch", "log it was ${error.message}", "finally", "bedroom-light.switch-off", "each hue-light", "bedroom-light", "bedroom-light.switch-on"],
            nodes.Select(node => node.GetProperty("label").GetString()));
        Assert.Equal("it was broken", nodes[6].GetProperty("message").GetString());
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("beganAt").ValueKind);
    }

    [Fact]
    public async Task A_full_disk_is_said_and_is_no_success()
    {
        var result = await RunAsync("run", WriteWakeUp(), "--dry-run", "--report", "json=/dev/full");

        Assert.Equal(2, result.Code);
        Assert.Contains("the json report cannot be written to /dev/full: No space left on device", result.Error, StringComparison.Ordinal);
        Assert.Contains("✓ wake-up succeeded", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_are_set()
    {
        WriteHome();
        var program = Write("param.yaml",
            """
            program: param
            fleet: home.yaml
            params:
              song: { type: text }
            steps:
              - log: "playing ${params.song}"
            """);

        var result = await RunAsync("run", program, "--dry-run", "--set", "song=Africa");

        Assert.Equal(0, result.Code);
        Assert.Contains("  0.000  playing Africa\n", result.Output, StringComparison.Ordinal);
    }

    private static Task<string> ReadAsync(string path) => File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
}
