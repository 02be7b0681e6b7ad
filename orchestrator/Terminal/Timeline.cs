using IotMqtt.Engine.Programs;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Reports;

namespace IotMqtt.Orchestrator.Terminal;

/// <summary>The steps of a run as bars over time, the critical path marked; of a big run those that matter: what failed, and the critical path.</summary>
internal sealed class Timeline
{
    private const int MaxRows = 24;
    private const int MaxName = 40;
    private const int MinName = 12;
    private const int MinBar = 16;
    private const int MaxBar = 60;
    private const int DurationWidth = 10;
    private const int MarkWidth = 3;

    private readonly RunReport _report;
    private readonly int _nameWidth;
    private readonly int _barWidth;
    private readonly List<StepReport> _rows;

    private Timeline(RunReport report, int width)
    {
        _report = report;
        _rows = ThatMatter(report);
        var statusWidth = _rows.Count == 0 ? 0 : _rows.Max(step => Outcome(step).Length);
        var room = width - 5 - DurationWidth - MarkWidth - statusWidth;
        var name = _rows.Count == 0 ? 0 : Math.Min(MaxName, _rows.Max(step => Name(step).Length));

        // Where there is no room for both, names give way, and where that is not enough, the bars.
        _nameWidth = Math.Min(name, Math.Max(MinName, room - MinBar));
        _barWidth = room - _nameWidth < MinBar / 2 ? 0 : Math.Min(MaxBar, room - _nameWidth);
    }

    /// <summary>The lines; none where nothing was published.</summary>
    public static IEnumerable<TextLine> Of(RunReport report, int width) => new Timeline(report, width).Lines();

    /// <summary>
    /// Of more steps than there are rows: what failed for good, but so that the critical path has half of the rows; then what failed and was
    /// retried, caught or tolerated, and then the others.
    /// </summary>
    private static List<StepReport> ThatMatter(RunReport report)
    {
        List<StepReport> failed = [], critical = [], forgiven = [], others = [];
        var count = 0;
        foreach (var (_, step) in Outlines.Choose(report.Steps, IsWanted))
        {
            if (others.Count < MaxRows)
            {
                others.Add(step);
            }

            if (step.Critical && critical.Count < MaxRows)
            {
                critical.Add(step);
            }

            if (StatusNames.IsFailure(step.Status) && (step.Counts ? failed : forgiven) is { Count: < MaxRows } list)
            {
                list.Add(step);
            }
        }

        return count <= MaxRows
            ? others
            : [.. failed.Take(Math.Max(MaxRows / 2, MaxRows - critical.Count))
                .Concat(critical)
                .Concat(failed)
                .Concat(forgiven)
                .Concat(others)
                .Distinct()
                .Take(MaxRows)
                .OrderBy(static step => step.PublishedAt)];

        bool IsWanted(StepOutline step) => step.IsPublished
            && (++count <= MaxRows
                || (step.Critical && critical.Count < MaxRows)
                || (StatusNames.IsFailure(step.Outcome) && (step.Counts ? failed : forgiven).Count < MaxRows));
    }

    private static string Outcome(StepReport step) => step.Status == StepStatus.Succeeded ? "" : $" {StatusNames.Of(step.Status)}";

    private static string Name(StepReport step) => step.Attempt > 1 ? $"{step.Device}.{step.Command} ↻{step.Attempt}" : $"{step.Device}.{step.Command}";

    private IEnumerable<TextLine> Lines()
    {
        var end = Math.Max(_report.MakespanMs, _rows.Count == 0 ? 0 : _rows.Max(End));
        foreach (var step in _rows)
        {
            yield return Line(step, end);
        }

        if (_report.Steps.Count > _rows.Count && _rows.Count == MaxRows)
        {
            yield return new(new Piece($"  … and {_report.Steps.Count - _rows.Count:N0} more steps", Tone.Soft));
        }
    }

    private TextLine Line(StepReport step, double end)
    {
        var name = Name(step);
        name = name.Length > _nameWidth ? name[..(_nameWidth - 1)] + "…" : name.PadRight(_nameWidth);
        var tone = Tones.Of(step.Status);
        var took = new Piece($"  {Durations.Short(End(step) - step.PublishedAt!.Value),DurationWidth - 1}", Tone.Soft);
        Piece mark = new(step.Critical ? "  ◆" : "   ", Tone.Critical);
        if (_barWidth == 0)
        {
            return new("  " + name, took, mark, new(Outcome(step), tone));
        }

        var first = Column(step.PublishedAt.Value, end);
        var begun = Math.Max(first, Column(step.StartedAt ?? End(step), end));
        var last = Math.Max(begun + (step.StartedAt is null ? 0 : 1), Column(End(step), end));
        last = Math.Min(_barWidth, Math.Max(last, first + 1));
        var waits = new string(step.StartedAt is null ? '▒' : '░', Math.Clamp((step.StartedAt is null ? last : begun) - first, 0, _barWidth));
        var runs = new string('█', Math.Max(0, last - first - waits.Length));
        return new(
            "  " + name + "  " + new string(' ', Math.Min(first, _barWidth - 1)),
            new(waits, tone),
            new(runs, step.Critical && step.Status == StepStatus.Succeeded ? Tone.Critical : tone),
            new string(' ', Math.Max(0, _barWidth - Math.Min(first, _barWidth - 1) - waits.Length - runs.Length)),
            took,
            mark,
            new(Outcome(step), tone));
    }

    private int Column(double at, double end) => end <= 0 ? 0 : (int)Math.Clamp(Math.Round(at / end * _barWidth), 0, _barWidth);

    private static double End(StepReport step) => step.AcknowledgedAt ?? step.DoneAt ?? step.StartedAt ?? step.PublishedAt ?? 0;
}
