using System.Text.Json;
using System.Text.RegularExpressions;
using IotMqtt.Testing;

namespace IotMqtt.Orchestrator.Tests.Cli;

public sealed partial class MqttTests : CliTest
{
    [Fact]
    public async Task Logs_are_documents_a_line_where_JSON_is_asked_for_and_have_dates_where_not()
    {
        var json = await RunAsync("run", WriteWakeUp(), "--log-level", "debug", "--log-format", "json");
        var text = await RunAsync("run", WriteWakeUp(), "--log-level", "debug");

        Assert.Equal((0, 0), (json.Code, text.Code));
        var entries = json.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement).ToList();
        Assert.NotEmpty(entries);
        Assert.All(entries, entry =>
        {
            Assert.EndsWith("Z", entry.GetProperty("Timestamp").GetString(), StringComparison.Ordinal);
            Assert.StartsWith("IotMqtt", entry.GetProperty("Category").GetString(), StringComparison.Ordinal);
            Assert.Contains(entry.GetProperty("LogLevel").GetString(), (string[])["Debug", "Information"]);
            Assert.NotEqual("", entry.GetProperty("Message").GetString());
        });
        Assert.All(text.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d (debug|info): ", line));
    }

    [Fact]
    public async Task Wake_up_runs_embedded_in_the_right_order()
    {
        var result = await RunAsync("run", WriteWakeUp(), "--output", "json");

        Assert.True(result.Code == 0, result.Error);
        using var document = JsonDocument.Parse(result.Output);
        var root = document.RootElement;
        Assert.Equal("succeeded", root.GetProperty("status").GetString());
        Assert.Equal(3, root.GetProperty("registration").GetProperty("devices").GetInt32());
        var steps = root.GetProperty("steps").EnumerateArray().ToDictionary(step => $"{step.GetProperty("device")}.{step.GetProperty("command")}");
        Assert.True(steps["speaker.switch-on"].GetProperty("doneAt").GetDouble() <= steps["speaker.play"].GetProperty("publishedAt").GetDouble());
        Assert.True(steps["bedroom-light.switch-on"].GetProperty("startedAt").GetDouble() < steps["speaker.switch-on"].GetProperty("doneAt").GetDouble());
        Assert.InRange(root.GetProperty("criticalPathMs").GetDouble(), 1000, root.GetProperty("makespanMs").GetDouble());
    }

    [Fact]
    public async Task Everything_at_once_fails_and_says_why()
    {
        var result = await RunAsync("run", WriteEverythingAtOnce());

        Assert.Equal(1, result.Code);
        Assert.Contains("speaker.play rejected: the speaker is off", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interruption_cancels_what_is_in_flight_and_ends_with_130()
    {
        var program = WriteProgram("  - speaker.switch-on\n  - delay: 10m");
        var running = RunAsync("run", program);
        await Eventually.Async("the run listens for Ctrl-C", () => Interrupts.IsListening, cancellationToken: TestContext.Current.CancellationToken);

        Interrupts.Press();
        var result = await running;

        Assert.Equal(130, result.Code);
        Assert.Contains("interrupted", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_broker_there_ends_with_3()
    {
        var result = await RunAsync("run", WriteWakeUp(), "--broker", "mqtt://127.0.0.1:1");

        Assert.Equal(3, result.Code);
        Assert.Contains("127.0.0.1:1", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sent_has_the_types_that_the_devices_model_says_and_a_port_of_up_beats_a_broker_of_the_environment()
    {
        Write("echo.yaml", "model: echo\ncommands: { echo: { args: { s: text, x: { type: number, optional: true } }, takes: 0ms, result: \"${args.s}\" } }\n");
        var fleet = Write("lab.yaml", "fleet: lab\nmodels: [echo.yaml]\ndevices: [{ id: u1, model: echo }]\n");
        using var output = new GrowingText();
        Environment["IOTMQTT_BROKER"] = "mqtt://127.0.0.1:1";
        var up = UpAsync(output, "up", "--fleet", fleet, "--port", "0");
        await Eventually.Async("up is up", () => output.Text.Contains("Ctrl-C", StringComparison.Ordinal), cancellationToken: TestContext.Current.CancellationToken);
        var broker = Url().Match(output.Text).Value;

        var version = await RunAsync("send", "u1", "echo", "s=2.10", "x=2.10", "--broker", broker);
        var truth = await RunAsync("send", "u1", "echo", "s=true", "--broker", broker);
        Interrupts.Press();
        var both = await RunAsync("up", "--fleet", fleet, "--port", "0", "--broker", broker);

        Assert.Equal(0, await up);
        Assert.True(version.Code == 0, version.Output + version.Error);
        Assert.Contains("result \"2.10\"", version.Output, StringComparison.Ordinal);
        Assert.Contains("result \"true\"", truth.Output, StringComparison.Ordinal);
        Assert.Equal(2, both.Code);
        Assert.Contains("leave one of them out", both.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_starts_what_devices_send_and_run_use_and_stops_when_interrupted()
    {
        using var output = new GrowingText();
        var up = UpAsync(output, "up", "--fleet", WriteHome(), "--port", "0");
        await Eventually.Async("up is up", () => output.Text.Contains("Ctrl-C", StringComparison.Ordinal), cancellationToken: TestContext.Current.CancellationToken);
        var broker = Url().Match(output.Text).Value;

        var devices = await RunAsync("devices", "--broker", broker);
        var on = await RunAsync("send", "speaker", "switch-on", "--broker", broker);
        var play = await RunAsync("send", "toilet", "clean", "--broker", broker);
        var stranger = await RunAsync("send", "speakr", "switch-on", "--broker", broker);
        var health = await RunAsync("health", "--broker", broker);
        Environment["IOTMQTT_BROKER"] = broker;
        var run = await RunAsync("run", WriteWakeUp());
        Interrupts.Press();

        Assert.Equal(0, await up);
        Assert.Contains("speaker", devices.Output, StringComparison.Ordinal);
        Assert.Contains("3 of 3 online", devices.Output, StringComparison.Ordinal);
        Assert.True(on.Code == 0, on.Error);
        Assert.Matches("(accepted|running)[^\n]*\n(.*\n)?.*succeeded  {\"power\":true}", on.Output);
        Assert.Equal(1, play.Code);
        Assert.Contains("rejected: ", play.Output, StringComparison.Ordinal);
        Assert.Equal(4, stranger.Code);
        Assert.Contains("did you mean \"speaker\"?", stranger.Error, StringComparison.Ordinal);
        Assert.Equal(0, health.Code);
        Assert.True(run.Code == 0, run.Error);
    }

    [Fact]
    public async Task A_password_belongs_to_the_user_of_the_URL()
    {
        await using var mosquitto = await MosquittoBroker.StartAsync(
            TestContext.Current.CancellationToken, new MosquittoOptions { Users = new Dictionary<string, string> { ["me"] = "secret" } });
        Environment["IOTMQTT_PASSWORD"] = "secret";

        var result = await RunAsync("health", "--broker", $"mqtt://me@127.0.0.1:{mosquitto.Port}");

        Assert.True(result.Code == 0, result.Error);
    }

    [Fact]
    public async Task Up_says_at_once_that_there_is_no_broker_to_join()
    {
        var result = await RunAsync("up", "--fleet", WriteHome(), "--broker", "mqtt://127.0.0.1:1");

        Assert.Equal(3, result.Code);
        Assert.StartsWith("error: No broker at mqtt://127.0.0.1:1", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_of_a_broker_that_is_not_there_is_3_and_without_a_broker_0()
    {
        Assert.Equal(3, (await RunAsync("health", "--broker", "mqtt://127.0.0.1:1")).Code);
        Assert.Equal(0, (await RunAsync("health")).Code);
    }

    private async Task<int> UpAsync(GrowingText output, params string[] arguments)
    {
        var context = new Orchestrator.Cli.CliContext { Output = output, Error = output, Environment = _ => null, Folder = Folder, Interrupts = Interrupts };
        return await Orchestrator.Cli.CliProgram.RunAsync(arguments, context, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"mqtt://127\.0\.0\.1:\d+")]
    private static partial Regex Url();
}
