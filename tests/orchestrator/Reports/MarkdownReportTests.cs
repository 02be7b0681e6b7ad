using System.Text;
using IotMqtt.Orchestrator.Reports;
using IotMqtt.Orchestrator.Reports.Markdown;

namespace IotMqtt.Orchestrator.Tests.Reports;

public sealed class MarkdownReportTests
{
    [Fact]
    public void The_summary_says_the_verdict_the_figures_and_what_went_wrong()
    {
        var summary = Write(SampleReports.Failing());

        Assert.StartsWith("## ❌ everything-at-once failed in 1.600 s\n", summary, StringComparison.Ordinal);
        Assert.Contains("| 3 | 42 ms | 7 | 1.600 s | 1.599 s | 0.999 | 7 |", summary, StringComparison.Ordinal);
        Assert.Contains("- **speaker.play** rejected: the speaker is off (`programs/sample.yaml:7:5`)", summary, StringComparison.Ordinal);
        Assert.Contains("```mermaid\ngantt\n", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("<nothing>", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_big_run_stays_far_below_the_megabyte_of_a_job_summary_and_keeps_its_failures()
    {
        var summary = Write(SampleReports.Big(10_000));

        Assert.True(summary.Length < 100_000, $"{summary.Length} characters");
        Assert.Contains("200 of 10,000 steps, failures first", summary, StringComparison.Ordinal);
        Assert.Equal(10, summary.Split('\n').Count(line => line.StartsWith("| unit-", StringComparison.Ordinal) && line.Contains("failed: the sensor is broken", StringComparison.Ordinal)));
        Assert.DoesNotContain("mermaid", summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a|b", @"a\|b")]
    [InlineData("<script>", "&lt;script>")]
    [InlineData("two\nlines", "two lines")]
    [InlineData("@someone #7 `x` *y*", @"\@someone \#7 \`x\` \*y\*")]
    public void What_others_wrote_is_no_markup(string text, string escaped) => Assert.Equal(escaped, MarkdownText.Escape(text));

    private static string Write(RunReport report)
    {
        using var output = new MemoryStream();
        new MarkdownReport().Write(report, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
