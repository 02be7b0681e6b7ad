using System.Globalization;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Recording;

namespace IotMqtt.Orchestrator.Terminal.Live;

/// <summary>
/// A run that runs, as a tree of at most so many lines: what failed and what runs is shown, what is done folds into its group, and what does
/// not fit is counted.
/// </summary>
internal sealed class LiveTree(NodeLabels labels, TimeSpan now, int nameColumn, int width)
{
    private readonly List<TextLine> _lines = [];

    private bool IsNarrow => width < 60;

    /// <summary>The lines for a run.</summary>
    /// <param name="root">The outermost node; null: nothing has begun.</param>
    /// <param name="height">How many lines there may be.</param>
    public IReadOnlyList<TextLine> Draw(RecordedNode? root, int height)
    {
        if (root is not null)
        {
            Children(root, "  ", Math.Max(1, height));
        }

        return _lines;
    }

    /// <summary>What is seen of a node: of what only carries options, what it carries; of a command that is tried again, the last attempt.</summary>
    private static RecordedNode Seen(RecordedNode node)
    {
        while (node is { IsWrapping: true, LastChild: { } last })
        {
            node = last;
        }

        return node;
    }

    /// <summary>How many lines a node takes where there is room for all of it; not counted further than that room.</summary>
    public static int Size(RecordedNode node, int room) => Size(node, room, _ => true);

    /// <summary>How many lines it takes to see what failed in it, with a line for what else there is.</summary>
    public static int SizeOfFailures(RecordedNode node, int room) =>
        node.Errors == 0 || IsFolded(Seen(node)) ? 1 : Math.Min(room, Size(node, room, child => child.Errors > 0) + 1);

    private static int Size(RecordedNode node, int room, Func<RecordedNode, bool> counts)
    {
        node = Seen(node);
        var size = 1;
        if (IsFolded(node))
        {
            return size;
        }

        foreach (var child in node.Children)
        {
            if (size >= room)
            {
                return size;
            }

            size += counts(child) ? Size(child, room - size, counts) : 0;
        }

        return Forgotten(node) == 0 ? size : Math.Min(room, size + 1);
    }

    private static int Forgotten(RecordedNode node) => node.ForgottenDone + node.ForgottenFailed;

    private static bool IsFolded(RecordedNode node) => node.Count == 0 || (node.End is not null && node.Errors == 0);

    private void Children(RecordedNode node, string indent, int room)
    {
        var children = node.Children;
        var size = Forgotten(node) == 0 ? 0 : room + 1;
        foreach (var child in children)
        {
            size += Size(child, room - size + 1);
            if (size > room)
            {
                break;
            }
        }

        if (size <= room)
        {
            foreach (var child in children)
            {
                Draw(Seen(child), indent, room);
            }
        }
        else
        {
            Selected(node, indent, room);
        }
    }

    /// <summary>Where not all of them fit: the failed, then the running, then what was done last; and a line that counts the others.</summary>
    private void Selected(RecordedNode around, string indent, int room)
    {
        var children = around.Children;
        if (room <= 1)
        {
            Count(around, new Dictionary<RecordedNode, int>(), indent);
            return;
        }

        var lines = LiveRoom.Share(children, Forgotten(around), room);
        foreach (var child in children.Where(lines.ContainsKey))
        {
            Draw(Seen(child), indent, lines[child]);
        }

        if (lines.Count < children.Count + Forgotten(around))
        {
            Count(around, lines, indent);
        }
    }

    private void Count(RecordedNode around, Dictionary<RecordedNode, int> shown, string indent)
    {
        int done = around.ForgottenDone, running = 0, failed = around.ForgottenFailed;
        foreach (var child in around.Children)
        {
            if (shown.ContainsKey(child))
            {
                continue;
            }

            // One that is tried again has not failed yet.
            var hasFailed = Seen(child).Errors > 0;
            failed += hasFailed ? 1 : 0;
            running += !hasFailed && child.End is null ? 1 : 0;
            done += !hasFailed && child.End is not null ? 1 : 0;
        }

        _lines.Add(new(
            new Piece(string.Create(CultureInfo.InvariantCulture, $"{indent}… and {done + running + failed:N0} more:"), Tone.Soft),
            new(done == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {done:N0} done"), Tone.Good),
            new(running == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {running:N0} running"), Tone.Active),
            new(failed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {failed:N0} failed"), Tone.Bad)));
    }

    private void Draw(RecordedNode node, string indent, int room)
    {
        var end = node.End;
        var status = node.Errors > 0 && end is null ? StepStatus.Failed : node.Status;
        var mark = end is null && node.Errors == 0 ? Spinner() : Tones.Mark(status);
        var name = $"{indent}{mark} ";
        var state = IsNarrow ? State(node).TrimStart() : State(node);
        var again = node.Attempt > 1 ? $" ↻{node.Attempt}" : "";
        var column = Math.Max(1, Math.Min(nameColumn, Math.Max(width / 2, width - 32)) - name.Length);
        var label = Cut(labels.Label(node), Math.Max(column, width - name.Length - state.Length - 2) - again.Length) + again;
        _lines.Add(new(
            new Piece(name, end is null && node.Errors == 0 ? Tone.Active : Tones.Of(status)),
            new(label.PadRight(column), node.Count > 0 ? Tone.Soft : Tone.Plain),
            new("  " + state, end is null ? Tone.Active : Tones.Of(status))));
        if (!IsFolded(node) && room > 1)
        {
            Children(node, indent + "  ", room - 1);
        }
    }

    private static string Cut(string label, int room) => label.Length <= room ? label : room < 2 ? "…" : label[..(room - 1)] + "…";

    private string State(RecordedNode node)
    {
        if (node.End is { } end)
        {
            var took = Durations.Short((end.At - node.BeganAt).TotalMilliseconds);
            return end.Error is { } error ? $"{StatusNames.Of(end.Status)}: {error.Message}"
                : node.Count > 0 && node.Begun > 1 ? string.Create(CultureInfo.InvariantCulture, $"{took,9}  {node.Begun:N0} steps")
                : end.Status == StepStatus.Succeeded ? $"{took,9}" : $"{took,9}  {StatusNames.Of(end.Status)}";
        }

        var since = Durations.Short(Math.Max(0, (now - node.BeganAt).TotalMilliseconds));
        return node.Count > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{since,9}  {node.Ended:N0} done{(node.Begun == node.Ended ? "" : $", {node.Begun - node.Ended:N0} running")}{(node.Errors > 0 ? $", {node.Errors:N0} failed" : "")}")
            : $"{since,9}  {Phase(node)}";
    }

    private static string Phase(RecordedNode node) => !node.IsCommand ? "" : node.Phase switch
    {
        CommandPhase.Created => "waiting to be sent",
        CommandPhase.Published => "sent",
        CommandPhase.Accepted => "accepted",
        CommandPhase.Running => "running",
        CommandPhase.Querying => "overdue, asking",
        _ => "cancelling",
    };

    private string Spinner() => "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏".Substring((int)(now.TotalMilliseconds / 125) % 10, 1);
}
