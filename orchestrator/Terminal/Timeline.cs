using IotMqtt.Engine.Programs;
using IotMqtt.Orchestrator.Reports;
using IotMqtt.Orchestrator.Terminal.Text;

namespace IotMqtt.Orchestrator.Terminal;

/// <summary>The steps of a run as bars over time, the critical path marked; of a big run those that matter: what failed, and the critical path.</summary>
internal sealed class Timeline
{
    private const int MaxRows = 24;
    private const int MaxName = 40;
    private const int DurationWidth = 10;

    private readonly RunReport _report;
    private readonly int _nameWidth;
    private readonly int _barWidth;
    private readonly List<StepReport> _rows;

    private Timeline(RunReport report, int width)
    {
        _report = report;
        var steps = report.Steps.Where(step => step.PublishedAt is not null).ToList();
        _rows = steps.Count <= MaxRows ? steps : [.. ThatMatter(steps).Take(MaxRows).OrderBy(step => step.PublishedAt)];
        _nameWidth = _rows.Count == 0 ? 0 : Math.Min(MaxName, _rows.Max(step => Name(step).Length));
        _barWidth = Math.Clamp(width - _nameWidth - DurationWidth - 8, 16, 60);
    }

    /// <summary>The lines; none where nothing was published.</summary>
    public static IEnumerable<TextLine> Of(RunReport report, int width) => new Timeline(report, width).Lines();

    private static IEnumerable<StepReport> ThatMatter(List<StepReport> steps) =>
        steps.Where(step => StatusNames.IsFailure(step.Status))
            .Concat(steps.Where(step => step.Critical && !StatusNames.IsFailure(step.Status)))
            .Concat(steps.Where(step => !step.Critical && !StatusNames.IsFailure(step.Status)));

    private static string Name(StepReport step) => step.Attempt > 1 ? $"{step.Device}.{step.Command} ↻{step.Attempt}" : $"{step.Device}.{step.Command}";

    private IEnumerable<TextLine> Lines()
    {
        var end = Math.Max(_report.MakespanMs, _rows.Count == 0 ? 0 : _rows.Max(End));
        foreach (var step in _rows)
        {
            yield return Line(step, end);
        }

        if (_report.Steps.Length > _rows.Count && _rows.Count == MaxRows)
        {
            yield return new(new Piece($"  … and {_report.Steps.Length - _rows.Count:N0} more steps", Tone.Soft));
        }
    }

    private TextLine Line(StepReport step, double end)
    {
        var name = Name(step);
        name = name.Length > _nameWidth ? name[..(_nameWidth - 1)] + "…" : name.PadRight(_nameWidth);
        var tone = Tones.Of(step.Status);
        var first = Column(step.PublishedAt!.Value, end);
        var begun = Math.Max(first, Column(step.StartedAt ?? End(step), end));
        var last = Math.Max(begun + (step.StartedAt is null ? 0 : 1), Column(End(step), end));
        last = Math.Min(_barWidth, Math.Max(last, first + 1));
        var waits = new string(step.StartedAt is null ? '▒' : '░', Math.Clamp((step.StartedAt is null ? last : begun) - first, 0, _barWidth));
        var runs = new string('█', Math.Max(0, last - first - waits.Length));
        return new(
            "  " + name + "  " + new string(' ', Math.Min(first, _barWidth - 1)),
            new(waits, tone),
            new(runs, step.Critical && step.Status == StepStatus.Succeeded ? Tone.Critical : tone),
            new(new string(' ', Math.Max(0, _barWidth - Math.Min(first, _barWidth - 1) - waits.Length - runs.Length)) + $"  {Durations.Short(End(step) - step.PublishedAt.Value),DurationWidth - 1}", Tone.Soft),
            new(step.Critical ? "  ◆" : "   ", Tone.Critical),
            new(step.Status == StepStatus.Succeeded ? "" : $" {StatusNames.Of(step.Status)}", tone));
    }

    private int Column(double at, double end) => end <= 0 ? 0 : (int)Math.Clamp(Math.Round(at / end * _barWidth), 0, _barWidth);

    private static double End(StepReport step) => step.AcknowledgedAt ?? step.DoneAt ?? step.StartedAt ?? step.PublishedAt ?? 0;
}
