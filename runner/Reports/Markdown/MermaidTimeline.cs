using System.Globalization;
using IotMqtt.Engine.Programs;

namespace IotMqtt.Runner.Reports.Markdown;

/// <summary>The timeline as a diagram that GitHub and GitLab draw; left out where a run has more steps than such a diagram can show.</summary>
internal static class MermaidTimeline
{
    private const int MaxBars = 40;

    public static void Write(TextWriter writer, RunReport report)
    {
        var steps = report.Steps.Where(step => step.PublishedAt is not null).Take(MaxBars + 1).ToList();
        if (steps.Count is 0 or > MaxBars)
        {
            return;
        }

        writer.WriteLine("```mermaid");
        writer.WriteLine("gantt");
        writer.WriteLine("  dateFormat x");
        writer.WriteLine("  axisFormat %M:%S.%L");
        foreach (var device in steps.GroupBy(step => step.Device))
        {
            writer.WriteLine($"  section {Clean(device.Key)}");
            foreach (var step in device)
            {
                var began = step.PublishedAt!.Value;
                var ended = Math.Max(began + 1, step.AcknowledgedAt ?? step.DoneAt ?? report.MakespanMs);
                var tag = StatusNames.IsFailure(step.Status) ? "crit, " : step.Status == StepStatus.Cancelled ? "done, " : step.Critical ? "active, " : "";

                // With its device, because the diagram has words of its own, and a command may be called "click".
                var name = step.Status == StepStatus.Succeeded ? $"{step.Device}.{step.Command}" : $"{step.Device}.{step.Command} {StatusNames.Of(step.Status)}";
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Clean(name)} : {tag}{Math.Round(began)}, {Math.Round(ended)}"));
            }
        }

        writer.WriteLine("```");
        writer.WriteLine();
    }

    /// <summary>Mermaid has no escapes here: a colon, a comma, a semicolon or a hash would end the name.</summary>
    private static string Clean(string name) => string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : ' '));
}
