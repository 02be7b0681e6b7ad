using System.Text;
using IotMqtt.Engine.Programs;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Markdown;

namespace IotMqtt.Runner.Tests.Reports;

public sealed class MarkdownReportTests
{
    [Fact]
    public void The_summary_says_the_verdict_the_figures_and_what_went_wrong()
    {
        var summary = Write(SampleReports.Failing());

        Assert.StartsWith("## ❌ everything-at-once failed in 1.600 s\n", summary, StringComparison.Ordinal);
        Assert.Contains("| 3 | 42 ms | 7 | 1.600 s | 1.599 s | 0.999 | 0 ms | 7 |", summary, StringComparison.Ordinal);
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
    [InlineData("a\u001b[31mb\u0000", "a\uFFFD\\[31mb\uFFFD")]
    [InlineData("@someone #7 `x` *y*", @"\@someone \#7 \`x\` \*y\*")]
    public void What_others_wrote_is_no_markup(string text, string escaped) => Assert.Equal(escaped, MarkdownText.Escape(text));

    [Fact]
    public void What_is_cut_is_cut_between_characters()
    {
        var text = MarkdownText.Escape(string.Concat(Enumerable.Repeat("😀", 400)));

        Assert.EndsWith("😀…", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', text);
    }

    [Fact]
    public void What_counts_comes_before_what_was_got_over()
    {
        var report = SampleReports.Failing();
        var forgiven = new ErrorReport { Path = "steps[9]", Step = "lamp.switch-on", Status = StepStatus.Rejected, Message = "busy", Fatal = false };

        var summary = Write(report with { Errors = [.. Enumerable.Repeat(forgiven, 500), .. report.Errors] });

        Assert.Contains("### What went wrong\n\n- **speaker.play** rejected: the speaker is off", summary, StringComparison.Ordinal);
    }

    private static string Write(RunReport report)
    {
        using var output = new MemoryStream();
        new MarkdownReport().Write(report, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
