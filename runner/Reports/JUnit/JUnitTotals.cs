namespace IotMqtt.Runner.Reports.JUnit;

/// <summary>How many test cases there are: what the file says before the first of them.</summary>
/// <param name="Tests">All.</param>
/// <param name="Failures">Of them, those that failed.</param>
/// <param name="Errors">Those that nobody knows of.</param>
/// <param name="Skipped">Those that were not carried out to their end.</param>
internal readonly record struct JUnitTotals(int Tests, int Failures, int Errors, int Skipped)
{
    /// <summary>Counts the cases of a run.</summary>
    public static JUnitTotals Of(RunReport report)
    {
        var totals = default(JUnitTotals);
        foreach (var step in Outlines.Of(report.Steps).Where(static step => step.IsLast))
        {
            totals = totals.With(JUnitVerdict.Of(step.Outcome, isTolerated: step is { HasError: true, Counts: false }));
        }

        foreach (var error in report.Errors.Where(static error => error.Node is null))
        {
            totals = totals.With(JUnitVerdict.Of(error.Status, !error.Fatal));
        }

        return totals;
    }

    private JUnitTotals With(JUnitVerdict verdict) => new(
        Tests + 1, Failures + (verdict.IsFailure ? 1 : 0), Errors + (verdict.IsError ? 1 : 0), Skipped + (verdict.IsSkipped ? 1 : 0));
}
