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
    /// <summary>Nobody knows what became of it: that is an error of the test, not a failure of what is tested.</summary>
    public bool IsError => !Tolerated && Status == StepStatus.Unknown;

    /// <summary>It failed.</summary>
    public bool IsFailure => !Tolerated && !IsError && StatusNames.IsFailure(Status);

    /// <summary>It was not carried out to its end, and that was not its fault.</summary>
    public bool IsSkipped => Status is StepStatus.Skipped or StepStatus.Cancelled or StepStatus.Pending;

    /// <summary>The cases of a run.</summary>
    public static IReadOnlyList<JUnitCase> Of(RunReport report)
    {
        var tolerated = report.Errors.Where(error => !error.Fatal).Select(error => error.Path).ToHashSet(StringComparer.Ordinal);
        var fatal = report.Errors.Where(error => error.Fatal).Select(error => error.Path).ToHashSet(StringComparer.Ordinal);
        var byNode = new Dictionary<int, List<StepReport>>();
        foreach (var step in report.Steps)
        {
            if (!byNode.TryGetValue(step.Node, out var attempts))
            {
                byNode.Add(step.Node, attempts = []);
            }

            attempts.Add(step);
        }

        var errors = report.Errors.ToLookup(error => error.Path ?? "", StringComparer.Ordinal);
        var cases = byNode.Values.Select(attempts => OfCommand(attempts, errors, tolerated, fatal)).ToList();
        var told = report.Steps.Where(step => step.Error is not null).Select(step => step.Path).ToHashSet(StringComparer.Ordinal);
        cases.AddRange(report.Errors.Where(error => error.Path is null || !told.Contains(error.Path)).Select(OfError));
        return cases;
    }

    private static JUnitCase OfCommand(
        List<StepReport> attempts, ILookup<string, ErrorReport> errors, HashSet<string?> tolerated, HashSet<string?> fatal)
    {
        var last = attempts[^1];
        var began = attempts[0].PublishedAt;
        var ended = last.AcknowledgedAt ?? last.DoneAt;
        var earlier = attempts.Take(attempts.Count - 1)
            .Select(step => string.Create(CultureInfo.InvariantCulture, $"attempt {step.Attempt} {StatusNames.Of(step.Status)}: {step.Error}"));
        // What was expected of it may have been missed in several ways.
        var wrong = errors[last.Path].Where(error => error.Fatal).ToList();
        var place = last.At is null ? "" : $"{last.At}: ";
        return new(
            $"{last.Device}.{last.Command} ({last.Path})",
            last.Status,
            wrong.Count == 0 ? last.Error : string.Join("; ", wrong.Select(error => error.Message).Distinct(StringComparer.Ordinal)),
            wrong.Count == 0
                ? $"{place}{last.Device}.{last.Command} {StatusNames.Of(last.Status)}: {last.Error} (at {last.Path})"
                : string.Join('\n', wrong.SelectMany(error => error.Details.Prepend($"{place}{error} (at {last.Path})"))),
            Math.Max(0, (ended - began) ?? 0),
            string.Join('\n', earlier),
            tolerated.Contains(last.Path) && !fatal.Contains(last.Path));
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
