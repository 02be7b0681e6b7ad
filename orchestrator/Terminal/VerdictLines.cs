using System.Globalization;
using IotMqtt.Engine.Running;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Reports;

namespace IotMqtt.Orchestrator.Terminal;

/// <summary>How a run ended, in a line; and what went wrong, a line each.</summary>
internal static class VerdictLines
{
    private const int MaxErrors = 50;

    /// <summary><c>✓ wake-up succeeded in 1.003 s · 3 steps · critical path ◆ 1.000 s · efficiency 0.997</c>.</summary>
    public static TextLine Verdict(RunReport report)
    {
        var tone = report.Status switch
        {
            RunStatus.Succeeded => Tone.Good,
            RunStatus.Failed => Tone.Bad,
            _ => Tone.Lost,
        };
        var steps = report.Steps.Length == 1 ? "1 step" : string.Create(CultureInfo.InvariantCulture, $"{report.Steps.Length:N0} steps");
        return new(
            new($"{(report.Status == RunStatus.Succeeded ? "✓" : "✕")} {report.Program} {Words(report.Status)}", tone),
            $" in {Durations.Short(report.MakespanMs)}",
            new($" · {steps}", Tone.Soft),
            new(" · critical path ", Tone.Soft),
            new("◆", Tone.Critical),
            new($" {Durations.Short(report.CriticalPathMs)} · efficiency {Durations.Ratio(report.Efficiency)}", Tone.Soft),
            new(Forgiven(report), Tone.Refused));
    }

    /// <summary>What went wrong and counts, a line each.</summary>
    public static IEnumerable<TextLine> Errors(RunReport report)
    {
        var fatal = report.Errors.Where(error => error.Fatal).ToList();
        foreach (var error in fatal.Take(MaxErrors))
        {
            yield return new(
                new(error.ToString(), Tones.Of(error.Status)),
                new(error.At is null ? "" : $"  ({error.At})", Tone.Soft));
            foreach (var detail in error.Details)
            {
                yield return new(new Piece($"    {detail}", Tone.Soft));
            }
        }

        if (fatal.Count > MaxErrors)
        {
            yield return new(new Piece(string.Create(CultureInfo.InvariantCulture, $"… and {fatal.Count - MaxErrors:N0} more errors; --report html=report.html shows them all"), Tone.Soft));
        }
    }

    private static string Words(RunStatus status) => status switch
    {
        RunStatus.Unanswered => "was not answered",
        RunStatus.TimedOut => "timed out",
        RunStatus.Interrupted => "was interrupted",
        _ => StatusNames.Of(status),
    };

    /// <summary>Failures that do not count are counted aloud.</summary>
    private static string Forgiven(RunReport report)
    {
        var caught = report.Caught == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" · {report.Caught:N0} errors caught");
        var tolerated = report.Tolerated == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" · {report.Tolerated:N0} failures tolerated");
        return caught + tolerated;
    }
}
