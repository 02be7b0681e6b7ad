using System.Text.Json;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Json;

namespace IotMqtt.Runner.Tests.Reports;

public sealed class JsonReportTests
{
    [Fact]
    public void The_document_has_the_documented_names()
    {
        using var document = JsonDocument.Parse(Write(SampleReports.Failing()));
        var root = document.RootElement;

        foreach (var name in new[] { "run", "program", "status", "registration", "makespanMs", "criticalPathMs", "efficiency", "steps", "errors" })
        {
            Assert.True(root.TryGetProperty(name, out _), name);
        }

        Assert.Equal("failed", root.GetProperty("status").GetString());
        Assert.Equal(41.5, root.GetProperty("registration").GetProperty("elapsedMs").GetDouble());
        var rejected = root.GetProperty("steps")[2];
        Assert.Equal("rejected", rejected.GetProperty("status").GetString());
        Assert.Equal("the speaker is off", rejected.GetProperty("error").GetString());
        foreach (var name in new[] { "path", "device", "command", "attempt", "publishedAt", "acceptedAt", "startedAt", "doneAt" })
        {
            Assert.True(rejected.TryGetProperty(name, out _), name);
        }

        Assert.Equal(JsonValueKind.Null, rejected.GetProperty("startedAt").ValueKind);
    }

    [Fact]
    public void What_is_written_can_be_read_back()
    {
        var report = SampleReports.Failing();

        var read = JsonSerializer.Deserialize(Write(report), ReportJson.Default.RunReport)!;

        Assert.Equal(Write(report), Write(read));
        Assert.Equal(report.Nodes.Select(node => node.Label), read.Nodes.Select(node => node.Label));
    }

    [Fact]
    public void Each_step_and_each_node_is_a_line_with_all_that_it_has()
    {
        var report = SampleReports.Missed();
        report = report with { Nodes = [.. report.Nodes.Select(node => node with { Omitted = 3 })] };
        var lines = System.Text.Encoding.UTF8.GetString(Write(report)).Split('\n').Where(line => line.StartsWith("    {\"", StringComparison.Ordinal)).Select(line => line.TrimEnd(',')).ToList();

        Assert.Equal(report.Steps.Count + report.Nodes.Count, lines.Count);
        Assert.Equal(JsonSerializer.Serialize(report.Steps.First(), Types.StepReport), lines[0].Trim());
        Assert.Equal(JsonSerializer.Serialize(report.Nodes.ElementAt(1), Types.NodeReport), lines[report.Steps.Count + 1].Trim());
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1.5, "1.5")]
    [InlineData(1000.0004, "1000")]
    [InlineData(0.0506, "0.051")]
    [InlineData(12345678.25, "12345678.25")]
    [InlineData(7.02, "7.02")]
    public void Times_have_three_decimals_at_most(double time, string text)
    {
        var report = SampleReports.WakeUp();
        using var document = JsonDocument.Parse(Write(report with { Steps = [report.Steps.First() with { DoneAt = time }] }));

        Assert.Equal(text, document.RootElement.GetProperty("steps")[0].GetProperty("doneAt").GetRawText());
    }

    private static ReportJson Types => new(new JsonSerializerOptions(ReportJson.Default.Options) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static byte[] Write(RunReport report)
    {
        using var output = new MemoryStream();
        new JsonReport().Write(report, output);
        return output.ToArray();
    }
}
