using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Recording;

namespace IotMqtt.Orchestrator.Terminal;

/// <summary>Nothing while the run runs: for <c>--output json</c>, where standard output is one document. What goes wrong goes to standard error.</summary>
internal sealed class SilentRunView(ITextOutput errors) : IRunView
{
    /// <inheritdoc/>
    public ITextOutput Log => errors;

    /// <inheritdoc/>
    public void Began(RegistrationReport registration, RunRecorder recorder)
    {
    }

    /// <inheritdoc/>
    public void Ended(RecordedNode node)
    {
    }

    /// <inheritdoc/>
    public void Said(TimeSpan at, string words)
    {
    }

    /// <inheritdoc/>
    public void Interrupting(string words) => errors.Write(new(new Piece(words, Tone.Critical)));

    /// <inheritdoc/>
    public ValueTask EndedAsync(RunReport report)
    {
        foreach (var line in VerdictLines.Errors(report))
        {
            errors.Write(line);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
