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

    private static byte[] Write(RunReport report)
    {
        using var output = new MemoryStream();
        new JsonReport().Write(report, output);
        return output.ToArray();
    }
}
