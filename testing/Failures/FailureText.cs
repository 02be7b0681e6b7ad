using System.Globalization;
using System.Text;
using IotMqtt.Runner.Reports;

namespace IotMqtt.Testing.Failures;

/// <summary>What a test says whose program did not succeed.</summary>
internal static class FailureText
{
    private const int MaxErrors = 20;
    private const int MaxSteps = 40;
    private const int MaxMessages = 20;

    public static string Of(LabRun run)
    {
        var report = run.Report;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{report.Program} {StatusNames.Of(report.Status)} after {Durations.Short(report.MakespanMs)} (seed {report.Seed}):");
        List(text, report.Errors.Where(error => error.Fatal).SelectMany(Lines), MaxErrors, "errors");
        text.AppendLine().Append("Timeline:");
        List(text, report.Steps.Select(Line), MaxSteps, "steps");
        text.AppendLine().Append(run.Messages.Count > MaxMessages ? $"The last of {run.Messages.Count} messages:" : "Messages:");
        List(text, run.Messages.TakeLast(MaxMessages).Select(message => message.ToString()), MaxMessages, "messages");
        return text.ToString();
    }

    private static IEnumerable<string> Lines(ErrorReport error)
    {
        yield return error.At is null ? error.ToString() : $"{error}  ({error.At})";
        foreach (var detail in error.Details)
        {
            yield return $"    {detail}";
        }
    }

    private static string Line(StepReport step)
    {
        var began = step.PublishedAt ?? step.AcceptedAt;
        var took = step.AcknowledgedAt - began;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(began is { } at ? Durations.Point(at) : "-"),7}  {step.Device}.{step.Command}  {StatusNames.Of(step.Status)}  {(took is { } time ? Durations.Short(time) : "")}").TrimEnd();
    }

    private static void List(StringBuilder text, IEnumerable<string> lines, int most, string what)
    {
        var left = 0;
        foreach (var (index, line) in lines.Index())
        {
            if (index < most)
            {
                text.AppendLine().Append("  ").Append(line);
            }
            else
            {
                left++;
            }
        }

        if (left > 0)
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  … and {left} more {what}");
        }
    }
}
