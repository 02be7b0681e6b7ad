using System.Diagnostics;
using IotMqtt.Orchestrator.Cli;
using IotMqtt.Orchestrator.Tests.Cli;
using IotMqtt.Testing;

namespace IotMqtt.Orchestrator.Tests.Telemetry;

/// <summary>What a run exports to a collector, and that it exports nothing where none is named.</summary>
public sealed class OtlpTests : CliTest
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_exports_its_span_those_of_its_commands_and_within_them_those_of_the_devices()
    {
        await using var receiver = new OtlpReceiver();

        Assert.Equal(0, await RunProcessAsync(("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Url), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("TRACEPARENT", $"00-{Trace}-b7ad6b7169203331-01")));

        var spans = receiver.Spans.ToList();
        Assert.All(spans, span => Assert.Equal(Trace, span.Trace));
        var line = Assert.Single(spans, span => span.Name == "iotmqtt run");
        Assert.Equal("b7ad6b7169203331", line.Parent);
        var run = Assert.Single(spans, span => span.Name == "run wake-up");
        Assert.Equal(line.Id, run.Parent);
        foreach (var name in (string[])["bedroom-light.switch-on", "speaker.switch-on", "speaker.play"])
        {
            var command = Assert.Single(spans, span => span.Name == name && span.Parent == run.Id);
            Assert.Single(spans, span => span.Name == name && span.Parent == command.Id);
        }

        Assert.Equal(8, spans.Count);
        Assert.All((string[])["iotmqtt.runner.command.duration", "iotmqtt.runner.run.duration", "iotmqtt.devices.commands", "iotmqtt.link.published"], name => Assert.Contains(name, receiver.Metrics.Keys));
        Assert.All(receiver.Services, service => Assert.Equal("iotmqtt", service));
    }

    [Fact]
    public async Task Devices_of_another_process_are_in_the_trace_of_the_run()
    {
        await using var receiver = new OtlpReceiver();
        (string, string)[] collector = [("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Url), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")];
        var name = "otlp-" + Guid.NewGuid().ToString("N")[..8];
        try
        {
            var up = await ProcessAsync(["up", "--detach", "--name", name, "--fleet", WriteHome(), "--port", "0"], [.. collector, ("OTEL_SERVICE_NAME", "devices")]);
            var broker = up.Output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).First(word => word.StartsWith("mqtt://", StringComparison.Ordinal));

            var run = await ProcessAsync(["run", WriteWakeUp(), "--broker", broker], collector);
            Assert.True(run.Code == 0, run.Error);
        }
        finally
        {
            await ProcessAsync(["down", "--name", name], []);
        }

        Assert.Contains("devices", receiver.Services);
        var spans = receiver.Spans.ToList();
        var root = Assert.Single(spans, span => span.Name == "run wake-up");
        Assert.All(spans, span => Assert.Equal(root.Trace, span.Trace));
        var command = Assert.Single(spans, span => span.Name == "speaker.play" && span.Parent == root.Id);
        Assert.Single(spans, span => span.Name == "speaker.play" && span.Parent == command.Id);
        Assert.Equal(7, spans.Count);
    }

    [Fact]
    public async Task The_standard_variables_choose_what_is_exported_and_what_it_is_called()
    {
        await using var receiver = new OtlpReceiver();

        Assert.Equal(0, await RunProcessAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Url), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_METRICS_EXPORTER", "none"), ("OTEL_SERVICE_NAME", "nightly")));

        Assert.NotEmpty(receiver.Spans);
        Assert.Empty(receiver.Metrics);
        Assert.All(receiver.Services, service => Assert.Equal("nightly", service));
    }

    [Fact]
    public async Task A_collector_that_is_away_keeps_no_run_from_its_verdict()
    {
        Assert.Equal(0, await RunProcessAsync(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")));
    }

    private async Task<int> RunProcessAsync(params (string Name, string Value)[] variables)
    {
        var result = await ProcessAsync(["run", WriteWakeUp()], variables);
        Assert.Equal("", result.Error);
        Assert.Contains("succeeded", result.Output, StringComparison.Ordinal);
        return result.Code;
    }

    private static async Task<CliResult> ProcessAsync(string[] arguments, (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CliProgram).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("IOTMQTT_BROKER");
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await Eventually.Async("the process has ended", process.WaitForExitAsync(Cancellation), Cancellation);
        return new(process.ExitCode, await output, await errors);
    }
}
