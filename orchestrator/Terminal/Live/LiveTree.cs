using System.Globalization;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Orchestrator.Reports;
using IotMqtt.Orchestrator.Reports.Recording;
using IotMqtt.Orchestrator.Terminal.Text;

namespace IotMqtt.Orchestrator.Terminal.Live;

/// <summary>
/// A run that runs, as a tree of at most so many lines: what failed and what runs is shown, what is done folds into its group, and what does
/// not fit is counted.
/// </summary>
internal sealed class LiveTree(NodeLabels labels, TimeSpan now, int nameColumn)
{
    private readonly List<TextLine> _lines = [];

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
        while (node is { IsWrapping: true, Children.Count: > 0 })
        {
            node = node.Children[^1];
        }

        return node;
    }

    /// <summary>How many lines a node takes where there is room for all of it; not counted further than that room.</summary>
    private static int Size(RecordedNode node, int room)
    {
        node = Seen(node);
        if (IsFolded(node))
        {
            return 1;
        }

        var size = 1;
        foreach (var child in node.Children)
        {
            if (size >= room)
            {
                return size;
            }

            size += Size(child, room - size);
        }

        return size;
    }

    private static bool IsFolded(RecordedNode node) => node.Children.Count == 0 || (node.End is not null && node.Errors == 0);

    private void Children(RecordedNode node, string indent, int room)
    {
        var children = node.Children;
        var size = 0;
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
            Selected(children, indent, room);
        }
    }

    /// <summary>Where not all of them fit: the failed, then the running, then what was done last; and a line that counts the others.</summary>
    private void Selected(IReadOnlyList<RecordedNode> children, string indent, int room)
    {
        if (room <= 1)
        {
            Count(children, [], indent);
            return;
        }

        // A line for the count of the others, unless there are none.
        var places = children.Count <= room ? room : room - 1;
        var chosen = new HashSet<RecordedNode>();
        Choose(children.Where(child => child.Errors > 0), places, chosen);
        Choose(children.Where(child => child is { Errors: 0, End: null }), places, chosen);
        Choose(children.Reverse().Where(child => child is { Errors: 0, End: not null }), places, chosen);
        var spare = places - chosen.Count;
        foreach (var child in children.Where(chosen.Contains))
        {
            var seen = Seen(child);
            var takes = Math.Min(Size(seen, spare + 1), 1 + spare);
            spare -= takes - 1;
            Draw(seen, indent, takes);
        }

        if (chosen.Count < children.Count)
        {
            Count(children, chosen, indent);
        }
    }

    private static void Choose(IEnumerable<RecordedNode> from, int places, HashSet<RecordedNode> chosen)
    {
        foreach (var child in from)
        {
            if (chosen.Count >= places)
            {
                return;
            }

            chosen.Add(child);
        }
    }

    private void Count(IReadOnlyList<RecordedNode> children, HashSet<RecordedNode> shown, string indent)
    {
        int done = 0, running = 0, failed = 0;
        foreach (var child in children)
        {
            if (shown.Contains(child))
            {
                continue;
            }

            failed += child.Errors > 0 ? 1 : 0;
            running += child is { Errors: 0, End: null } ? 1 : 0;
            done += child is { Errors: 0, End: not null } ? 1 : 0;
        }

        _lines.Add(new(
            new Piece(string.Create(CultureInfo.InvariantCulture, $"{indent}… and {children.Count - shown.Count:N0} more:"), Tone.Soft),
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
        var label = labels.Label(node) + (node.Attempt > 1 ? $" ↻{node.Attempt}" : "");
        _lines.Add(new(
            new Piece(name, end is null && node.Errors == 0 ? Tone.Active : Tones.Of(status)),
            new(label.PadRight(Math.Max(1, nameColumn - name.Length)), node.Children.Count > 0 ? Tone.Soft : Tone.Plain),
            new("  " + State(node), end is null ? Tone.Active : Tones.Of(status))));
        if (!IsFolded(node) && room > 1)
        {
            Children(node, indent + "  ", room - 1);
        }
    }

    private string State(RecordedNode node)
    {
        if (node.End is { } end)
        {
            var took = Durations.Short((end.At - node.BeganAt).TotalMilliseconds);
            return end.Error is { } error ? $"{StatusNames.Of(end.Status)}: {error.Message}"
                : node.Children.Count > 0 && node.Begun > 1 ? string.Create(CultureInfo.InvariantCulture, $"{took,9}  {node.Begun:N0} steps")
                : end.Status == StepStatus.Succeeded ? $"{took,9}" : $"{took,9}  {StatusNames.Of(end.Status)}";
        }

        var since = Durations.Short(Math.Max(0, (now - node.BeganAt).TotalMilliseconds));
        return node.Children.Count > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{since,9}  {node.Ended:N0} of {node.Begun:N0} begun{(node.Errors > 0 ? $", {node.Errors:N0} failed" : "")}")
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
