using System.Globalization;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Reports.Recording;
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
    private const int RoomToSpare = 8;

    private readonly IAnsiConsole _console;
    private readonly NodeLabels _labels;
    private readonly TimeProvider _time;
    private readonly int _nameWidth;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _drawing;
    private volatile LiveRun _run;

    public LiveView(IAnsiConsole console, TextLine title, NodeLabels labels, int nameWidth, TimeProvider time)
    {
        (_console, _labels, _nameWidth, _time) = (console, labels, nameWidth, time);
        _run = new LiveRun(title, null, time.GetTimestamp());
        _drawing = Task.Run(DrawAsync);
    }

    /// <summary>What is to be said above the tree, such as that the run is being interrupted.</summary>
    public string? Notice { get; set; }

    /// <summary>The devices are there; the program begins.</summary>
    public void Begin(TextLine title, RunRecorder recorder) => _run = new LiveRun(title, recorder, _time.GetTimestamp());

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
                live.UpdateTarget(Picture(_run));
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over; the picture is cleared.
        }
    });

    private Rows Picture(LiveRun run)
    {
        // A line is left for the cursor, and one more so that nothing scrolls.
        var height = Math.Max(_console.Profile.Height - 2, 2);
        var now = _time.GetElapsedTime(run.Began);
        var lines = new List<TextLine> { run.Recorder is null ? Waiting(run.Title, now) : run.Title };
        if (Notice is { } notice)
        {
            lines.Add(new(new Piece(notice, Tone.Critical)));
        }
        else if (height > RoomToSpare)
        {
            lines.Add(TextLine.Empty);
        }

        var tree = new LiveTree(_labels, now, _nameWidth + 10, Room);
        lines.AddRange(run.Recorder?.Look(root => tree.Draw(root, Math.Max(1, height - lines.Count))) ?? []);
        return new Rows(lines.Take(height).Select(Row));
    }

    private int Room => Math.Max(10, _console.Profile.Width - 1);

    private static TextLine Waiting(TextLine title, TimeSpan since) =>
        new([.. title.Pieces, new Piece(string.Create(CultureInfo.InvariantCulture, $" {Math.Floor(since.TotalSeconds):0} s"), Tone.Active)]);

    /// <summary>One line, however narrow the terminal: a wrapped one would push the others out of sight.</summary>
    private IRenderable Row(TextLine line)
    {
        var room = Room;
        var row = new Paragraph { Overflow = Overflow.Crop };
        foreach (var piece in line.Pieces)
        {
            var text = Printable.Of(piece.Text);
            row.Append(text.Length <= room ? text : text[..room], Tones.Style(piece.Tone));
            room -= Math.Min(room, text.Length);
        }

        // A paragraph of nothing takes no line.
        return room == Room ? new Spectre.Console.Text(" ") : row;
    }

    /// <summary>What is drawn.</summary>
    /// <param name="Title">The first line.</param>
    /// <param name="Recorder">The run; null: its devices are still waited for.</param>
    /// <param name="Began">When that began.</param>
    private sealed record LiveRun(TextLine Title, RunRecorder? Recorder, long Began);
}
