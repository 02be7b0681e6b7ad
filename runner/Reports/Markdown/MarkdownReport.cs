using System.Globalization;
using System.Text;
using IotMqtt.Engine.Running;

namespace IotMqtt.Runner.Reports.Markdown;

/// <summary>
/// A summary for people who look at a CI job: <c>--report markdown=$GITHUB_STEP_SUMMARY</c>. Short whatever the size of the run:
/// a job's summary may hold one megabyte.
/// </summary>
internal sealed class MarkdownReport : IReportFormat
{
    private const int MaxRows = 200;
    private const int MaxErrors = 100;

    /// <inheritdoc/>
    public void Write(RunReport report, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($"## {Mark(report)} {MarkdownText.Escape(report.Program)} {StatusNames.Of(report.Status)} in {Durations.Short(report.MakespanMs)}");
        writer.WriteLine();
        WriteFigures(writer, report);
        WriteErrors(writer, report);
        MermaidTimeline.Write(writer, report);
        WriteSteps(writer, report);
    }

    private static string Mark(RunReport report) => report.Status == RunStatus.Succeeded ? "✅" : "❌";

    private static void WriteFigures(TextWriter writer, RunReport report)
    {
        var attempts = report.Steps.Count;
        writer.WriteLine("| devices | registered in | steps | makespan | critical path | efficiency | late | seed |");
        writer.WriteLine("|--:|--:|--:|--:|--:|--:|--:|--:|");
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {report.Registration.Devices:N0} | {Durations.Short(report.Registration.ElapsedMs)} | {attempts:N0} | {Durations.Short(report.MakespanMs)} | {Durations.Short(report.CriticalPathMs)} | {Durations.Ratio(report.Efficiency)} | {Durations.Short(report.LagMs)} | {report.Seed?.ToString(CultureInfo.InvariantCulture) ?? "–"} |"));
        writer.WriteLine();
    }

    private static void WriteErrors(TextWriter writer, RunReport report)
    {
        if (report.Errors.Count == 0)
        {
            return;
        }

        // What counts comes first: of a run with thousands of retries it would not be seen.
        writer.WriteLine(report.Errors.Any(error => error.Fatal) ? "### What went wrong" : "### What went wrong, and was got over");
        writer.WriteLine();
        foreach (var error in Foremost.Of(report.Errors, MaxErrors, static error => error.Fatal ? 1 : 0, 1))
        {
            var step = error.Step is null ? "" : $"**{MarkdownText.Escape(error.Step)}** {StatusNames.Of(error.Status)}: ";
            var place = error.At is null ? "" : $" ({MarkdownText.Code(error.At)})";
            var tolerated = error.Fatal ? "" : " *(retried, caught or tolerated)*";
            writer.WriteLine($"- {step}{MarkdownText.Escape(error.Message)}{place}{tolerated}");
            foreach (var line in error.Details)
            {
                writer.WriteLine($"  - {MarkdownText.Code(line)}");
            }
        }

        if (report.Errors.Count > MaxErrors)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"- … and {report.Errors.Count - MaxErrors:N0} more"));
        }

        writer.WriteLine();
    }

    private static void WriteSteps(TextWriter writer, RunReport report)
    {
        if (report.Steps.Count == 0)
        {
            return;
        }

        // Where not everything fits: what failed for good, what failed and was got over, then the others.
        var steps = report.Steps.Count <= MaxRows
            ? report.Steps
            : Outlines.Foremost(report.Steps, MaxRows, static step => StatusNames.IsFailure(step.Outcome) ? step.Counts ? 2 : 1 : 0, 2);
        var shown = Math.Min(report.Steps.Count, MaxRows);
        var title = shown == report.Steps.Count ? shown == 1 ? "1 step" : $"{shown} steps" : string.Create(CultureInfo.InvariantCulture, $"{shown} of {report.Steps.Count:N0} steps, failures first");
        writer.WriteLine($"<details><summary>{title}</summary>");
        writer.WriteLine();
        writer.WriteLine("| step | status | at | took | critical | path |");
        writer.WriteLine("|---|---|--:|--:|:-:|---|");
        foreach (var step in steps)
        {
            var attempt = step.Attempt > 1 ? $" (attempt {step.Attempt})" : "";
            var why = step.Error is { } words ? $": {MarkdownText.Escape(words)}" : "";
            var at = step.PublishedAt is { } published ? Durations.Point(published) : "–";
            var took = (step.AcknowledgedAt ?? step.DoneAt) - step.PublishedAt is { } elapsed ? Durations.Short(elapsed) : "–";
            writer.WriteLine($"| {MarkdownText.Escape($"{step.Device}.{step.Command}")}{attempt} | {StatusNames.Of(step.Status)}{why} | {at} | {took} | {(step.Critical ? "◆" : "")} | {MarkdownText.Code(step.Path)} |");
        }

        writer.WriteLine();
        writer.WriteLine("</details>");
    }
}
