using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Recording;
using Spectre.Console;

namespace IotMqtt.Orchestrator.Terminal.Live;

/// <summary>A run in a terminal: a tree that moves while it runs, then the timeline, what went wrong, and the verdict.</summary>
internal sealed class LiveRunView(RunTitle title, IAnsiConsole console, ITextOutput errors, NodeLabels labels, int nameWidth, TimeProvider time) : IRunView, ITextOutput
{
    private readonly ColourOutput _output = new(console);
    private readonly List<TextLine> _said = [];
    private readonly List<TextLine> _logged = [];
    private LiveView? _live = new(console, title.Waiting(), labels, nameWidth, time);
    private TextLine? _title;
    private bool _isDrawing = true;

    /// <summary>A line in the midst of the tree would be drawn over: where both are terminals it waits for the end, and the last is a notice until then.</summary>
    public ITextOutput Log => errors is ColourOutput ? this : errors;

    int ITextOutput.Width => errors.Width;

    /// <inheritdoc/>
    public void Began(RegistrationReport registration, RunRecorder recorder)
    {
        _title = title.Line(registration);
        _live?.Begin(_title.Value, recorder);
    }

    /// <inheritdoc/>
    public void Ended(RecordedNode node)
    {
    }

    /// <inheritdoc/>
    public void Said(TimeSpan at, string words)
    {
        lock (_said)
        {
            _said.Add(new(new Piece($"{Durations.Point(at.TotalMilliseconds),7}  ", Tone.Soft), new(words, Tone.Active)));
        }
    }

    /// <inheritdoc/>
    public void Interrupting(string words)
    {
        if (_live is { } live)
        {
            live.Notice = words;
        }
        else
        {
            errors.Write(new(new Piece(words, Tone.Critical)));
        }
    }

    void ITextOutput.Write(TextLine line)
    {
        lock (_logged)
        {
            if (_isDrawing)
            {
                _logged.Add(line);
                _live?.Notice = line.ToString();
            }
            else
            {
                errors.Write(line);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask EndedAsync(RunReport report)
    {
        await DisposeAsync();
        if (_title is { } first)
        {
            _output.Write(first);
            _output.Write(TextLine.Empty);
        }

        _said.ForEach(_output.Write);
        RunEnding.Write(report, _output, errors);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _live, null) is { } live)
        {
            await live.DisposeAsync();
            lock (_logged)
            {
                _isDrawing = false;
                _logged.ForEach(errors.Write);
            }
        }
    }
}
