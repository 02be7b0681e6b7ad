using System.Globalization;
using IotMqtt.Engine.Running;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Reports;

namespace IotMqtt.Orchestrator.Terminal;

/// <summary>How a run ended, in a line; and what went wrong, a line each.</summary>
internal static class VerdictLines
{
    private const int MaxErrors = 50;
    // What is less says more of the moment than of the run.
    private const double LagSaid = 100;

    private const string Separator = " · ";

    /// <summary><c>✓ wake-up succeeded in 1.003 s · 3 steps · critical path ◆ 1.000 s · efficiency 0.997</c>.</summary>
    /// <param name="report">The run.</param>
    /// <param name="width">How many columns a line may take: what does not fit goes on in the next, between two figures.</param>
    public static IEnumerable<TextLine> Verdict(RunReport report, int width)
    {
        var line = new List<Piece>();
        var taken = 0;
        foreach (var part in Parts(report))
        {
            var length = part.Sum(static piece => piece.Text.Length);
            if (taken > 0 && taken + Separator.Length + length > width)
            {
                yield return new(line);
                line = [new("  ", Tone.Soft)];
                taken = 2;
            }
            else if (taken > 0)
            {
                line.Add(new(Separator, Tone.Soft));
                taken += Separator.Length;
            }

            line.AddRange(part);
            taken += length;
        }

        yield return new(line);
    }

    private static IEnumerable<Piece[]> Parts(RunReport report)
    {
        var tone = report.Status switch
        {
            RunStatus.Succeeded => Tone.Good,
            RunStatus.Failed => Tone.Bad,
            _ => Tone.Lost,
        };
        yield return [new($"{(report.Status == RunStatus.Succeeded ? "✓" : "✕")} {report.Program} {Words(report.Status)}", tone), $" in {Durations.Short(report.MakespanMs)}"];
        yield return [new(report.Steps.Count == 1 ? "1 step" : string.Create(CultureInfo.InvariantCulture, $"{report.Steps.Count:N0} steps"), Tone.Soft)];
        yield return [new("critical path ", Tone.Soft), new("◆", Tone.Critical), new($" {Durations.Short(report.CriticalPathMs)}", Tone.Soft)];
        yield return [new($"efficiency {Durations.Ratio(report.Efficiency)}", Tone.Soft)];

        if (report.LagMs >= LagSaid)
        {
            yield return [new(string.Create(CultureInfo.InvariantCulture, $"up to {report.LagMs:N0} ms late"), Tone.Refused)];
        }

        // Failures that do not count are counted aloud.
        if (report.Caught > 0)
        {
            yield return [new(string.Create(CultureInfo.InvariantCulture, $"{report.Caught:N0} errors caught"), Tone.Refused)];
        }

        if (report.Tolerated > 0)
        {
            yield return [new(string.Create(CultureInfo.InvariantCulture, $"{report.Tolerated:N0} failures tolerated"), Tone.Refused)];
        }
    }

    /// <summary>What went wrong and counts, a line each.</summary>
    public static IEnumerable<TextLine> Errors(RunReport report)
    {
        var fatal = report.Errors.Count(static error => error.Fatal);
        foreach (var error in report.Errors.Where(static error => error.Fatal).Take(MaxErrors))
        {
            yield return new(
                new(error.ToString(), Tones.Of(error.Status)),
                new(error.At is null ? "" : $"  ({error.At})", Tone.Soft));
            foreach (var detail in error.Details)
            {
                yield return new(new Piece($"    {detail}", Tone.Soft));
            }
        }

        if (fatal > MaxErrors)
        {
            yield return new(new Piece(string.Create(CultureInfo.InvariantCulture, $"… and {fatal - MaxErrors:N0} more errors; --report json=report.json has them all"), Tone.Soft));
        }
    }

    private static string Words(RunStatus status) => status switch
    {
        RunStatus.Unanswered => "was not answered",
        RunStatus.TimedOut => "timed out",
        RunStatus.Interrupted => "was interrupted",
        _ => StatusNames.Of(status),
    };
}
