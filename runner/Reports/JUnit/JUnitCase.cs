using System.Globalization;
using IotMqtt.Engine.Programs;

namespace IotMqtt.Runner.Reports.JUnit;

/// <summary>One test case: a command with all its attempts, or an error that belongs to none.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Message">Why.</param>
/// <param name="Detail">The same with its place.</param>
/// <param name="ElapsedMs">How long it took.</param>
/// <param name="Earlier">Its earlier attempts, a line each.</param>
/// <param name="Tolerated">Whether its failure does not count against the run.</param>
internal sealed record JUnitCase(string Name, StepStatus Status, string? Message, string Detail, double ElapsedMs, string Earlier, bool Tolerated)
{
    /// <summary>What it is to a CI server.</summary>
    public JUnitVerdict Verdict => JUnitVerdict.Of(Status, Tolerated);

    /// <summary>The cases of a run, made one by one; what is open of them is kept alone.</summary>
    public static IEnumerable<JUnitCase> Of(RunReport report)
    {
        var open = new Dictionary<int, List<StepReport>>();
        foreach (var step in report.Steps)
        {
            if (step.IsLast)
            {
                yield return OfCommand(open.Remove(step.Node, out var earlier) ? [.. earlier, step] : [step]);
            }
            else if (open.TryGetValue(step.Node, out var attempts))
            {
                attempts.Add(step);
            }
            else
            {
                open.Add(step.Node, [step]);
            }
        }

        foreach (var error in report.Errors.Where(static error => error.Node is null))
        {
            yield return OfError(error);
        }
    }

    private static JUnitCase OfCommand(List<StepReport> attempts)
    {
        var last = attempts[^1];
        var began = attempts[0].PublishedAt;
        var ended = last.AcknowledgedAt ?? last.DoneAt;
        var earlier = attempts.Take(attempts.Count - 1)
            .Select(step => string.Create(CultureInfo.InvariantCulture, $"attempt {step.Attempt} {StatusNames.Of(step.Status)}: {step.Error}"));
        var place = last.At is null ? "" : $"{last.At}: ";
        return new(
            $"{last.Device}.{last.Command} ({last.Path})",
            last.Status,
            last.Wrong.IsEmpty ? last.Error : string.Join("; ", last.Wrong.Select(static error => error.Message).Distinct(StringComparer.Ordinal)),
            last.Wrong.IsEmpty
                ? $"{place}{last.Device}.{last.Command} {StatusNames.Of(last.Status)}: {last.Error} (at {last.Path})"
                : string.Join('\n', last.Wrong.SelectMany(error => error.Details.Prepend($"{place}{error} (at {last.Path})"))),
            Math.Max(0, (ended - began) ?? 0),
            string.Join('\n', earlier),
            last.Error is not null && !last.Counts);
    }

    private static JUnitCase OfError(ErrorReport error) => new(
        $"{error.Step ?? "the run"} ({error.Path ?? "run"})",
        error.Status,
        error.Message,
        string.Join('\n', error.Details.Prepend(error.At is null ? error.ToString() : $"{error.At}: {error}")),
        0,
        "",
        !error.Fatal);
}
