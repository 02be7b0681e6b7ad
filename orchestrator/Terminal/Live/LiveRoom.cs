using IotMqtt.Runner.Reports.Recording;

namespace IotMqtt.Orchestrator.Terminal.Live;

/// <summary>Which of a node's children are seen where there is no room for all, and how many lines each may take.</summary>
internal static class LiveRoom
{
    /// <summary>Shares lines out: first to what failed, then to what runs, then to what was done last; what is over is shared evenly.</summary>
    /// <param name="children">The children.</param>
    /// <param name="others">How many more there are of which only the number is known.</param>
    /// <param name="room">How many lines there are.</param>
    public static Dictionary<RecordedNode, int> Share(IReadOnlyList<RecordedNode> children, int others, int room)
    {
        // A line for the count of the others, unless there are none.
        var spare = children.Count <= room && others == 0 ? room : room - 1;
        var lines = new Dictionary<RecordedNode, int>();
        spare = Choose(children.Where(child => child.Errors > 0), spare, lines);
        spare = Grow(lines, spare, LiveTree.SizeOfFailures);
        spare = Choose(children.Where(child => child is { Errors: 0, End: null }), spare, lines);
        spare = Choose(children.Reverse().Where(child => child is { Errors: 0, End: not null }), spare, lines);
        Grow(lines, spare, LiveTree.Size);
        return lines;
    }

    private static int Choose(IEnumerable<RecordedNode> from, int spare, Dictionary<RecordedNode, int> lines)
    {
        foreach (var child in from.Take(Math.Max(0, spare)))
        {
            lines.Add(child, 1);
            spare--;
        }

        return spare;
    }

    /// <summary>Gives each what it needs, the ones that need least first, and none more than its share.</summary>
    private static int Grow(Dictionary<RecordedNode, int> lines, int spare, Func<RecordedNode, int, int> size)
    {
        var needs = lines.Select(line => (Node: line.Key, More: size(line.Key, line.Value + spare) - line.Value)).Where(need => need.More > 0).OrderBy(need => need.More).ToList();
        for (var at = 0; at < needs.Count; at++)
        {
            var more = Math.Min(needs[at].More, spare / (needs.Count - at));
            lines[needs[at].Node] += more;
            spare -= more;
        }

        return spare;
    }
}
