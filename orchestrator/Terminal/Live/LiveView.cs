using IotMqtt.Orchestrator.Reports.Recording;
using IotMqtt.Orchestrator.Terminal.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace IotMqtt.Orchestrator.Terminal.Live;

/// <summary>
/// Draws the run while it runs, eight times a second at most and from a thread of its own: the run never waits for the terminal. Gone when
/// the run is over; what stays is the timeline.
/// </summary>
internal sealed class LiveView : IAsyncDisposable
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(125);
    private const int MaxHeight = 30;

    private readonly IAnsiConsole _console;
    private readonly RunRecorder _recorder;
    private readonly NodeLabels _labels;
    private readonly TimeProvider _time;
    private readonly int _nameWidth;
    private readonly long _began;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _drawing;

    public LiveView(IAnsiConsole console, RunRecorder recorder, NodeLabels labels, int nameWidth, TimeProvider time)
    {
        (_console, _recorder, _labels, _nameWidth, _time) = (console, recorder, labels, nameWidth, time);
        _began = time.GetTimestamp();
        _drawing = Task.Run(DrawAsync);
    }

    /// <summary>What is to be said under the tree, such as that the run is being interrupted.</summary>
    public string? Notice { get; set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _drawing;
        _over.Dispose();
    }

    private Task DrawAsync() => _console.Live(new Rows()).AutoClear(true).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
    {
        using var frames = new PeriodicTimer(Frame, _time);
        try
        {
            while (await frames.WaitForNextTickAsync(_over.Token))
            {
                live.UpdateTarget(Picture());
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over; the picture is cleared.
        }
    });

    private Rows Picture()
    {
        var height = Math.Clamp(_console.Profile.Height - 3, 3, MaxHeight);
        var now = _time.GetElapsedTime(_began);
        var lines = _recorder.Look(nodes => new LiveTree(_labels, now, _nameWidth + 10).Draw(nodes.Count == 0 ? null : nodes[0], height));
        var rows = lines.Select(Row).ToList();
        if (Notice is { } notice)
        {
            rows.Add(new Spectre.Console.Text(notice, Tones.Style(Tone.Critical)));
        }

        return new Rows(rows);
    }

    /// <summary>One line, however narrow the terminal: a wrapped one would push the others out of sight.</summary>
    private IRenderable Row(TextLine line)
    {
        var room = Math.Max(10, _console.Profile.Width - 1);
        var row = new Paragraph { Overflow = Overflow.Crop };
        foreach (var piece in line.Pieces)
        {
            var text = Printable.Of(piece.Text);
            row.Append(text.Length <= room ? text : text[..room], Tones.Style(piece.Tone));
            room -= Math.Min(room, text.Length);
        }

        return row;
    }
}
