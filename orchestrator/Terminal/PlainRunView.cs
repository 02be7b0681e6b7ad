using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Recording;

namespace IotMqtt.Orchestrator.Terminal;

/// <summary>A run as lines, each written when it happens: for files, pipes and CI.</summary>
internal sealed class PlainRunView(RunTitle title, ITextOutput output, ITextOutput errors, StepLines steps) : IRunView
{
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public ITextOutput Log => errors;

    /// <inheritdoc/>
    public void Began(RegistrationReport registration, RunRecorder recorder)
    {
        Write(title.Line(registration));
        Write(TextLine.Empty);
    }

    /// <inheritdoc/>
    public void Ended(RecordedNode node)
    {
        if (steps.Of(node) is { } line)
        {
            Write(line);
        }
    }

    /// <inheritdoc/>
    public void Said(TimeSpan at, string words) =>
        Write(new(new Piece($"{Durations.Point(at.TotalMilliseconds),7}  ", Tone.Soft), new(words, Tone.Active)));

    /// <inheritdoc/>
    public void Interrupting(string words)
    {
        lock (_lock)
        {
            errors.Write(new(new Piece(words, Tone.Critical)));
        }
    }

    /// <inheritdoc/>
    public ValueTask EndedAsync(RunReport report)
    {
        lock (_lock)
        {
            RunEnding.Write(report, output, errors);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Write(TextLine line)
    {
        lock (_lock)
        {
            output.Write(line);
        }
    }
}
