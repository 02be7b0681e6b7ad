namespace IotMqtt.Runner.Reports.Html;

/// <summary>What a page carries of a run: all of it, or of a big one as much as a browser bears.</summary>
internal static class HtmlSample
{
    /// <summary>How many nodes a page may have: about ten megabytes.</summary>
    public const int MaxNodes = 20_000;

    private const int MaxErrors = 1_000;

    /// <summary>
    /// The run itself where it is small. Else what failed and the critical path, each up to a third of the room, and what began first;
    /// with everything around it, which says how many commands within it are left out.
    /// </summary>
    public static RunReport Of(RunReport report)
    {
        if (report.Nodes.Count <= MaxNodes)
        {
            return report;
        }

        var kept = Choose(report, Parents(report));
        var nodes = new List<NodeReport>();
        var at = new Dictionary<int, int>();
        foreach (var (_, node) in Outlines.Choose(report.Nodes, node => kept.Contains(node.Id)))
        {
            at.Add(node.Id, nodes.Count);
            nodes.Add(node);
        }

        var steps = Outlines.Choose(report.Steps, step => kept.Contains(step.Node)).Select(static each => each.Thing).ToList();
        return report with { Nodes = Counted(nodes, steps, at), Steps = steps, Errors = Foremost.Of(report.Errors, MaxErrors, static error => error.Fatal ? 1 : 0, 1) };
    }

    /// <summary>The parent of each node: four bytes a node, which is all that is kept of those that are left out.</summary>
    private static int[] Parents(RunReport report)
    {
        var parents = new int[report.Nodes.Count];
        foreach (var node in Outlines.Of(report.Nodes))
        {
            parents[node.Id] = node.Parent ?? -1;
        }

        return parents;
    }

    private static HashSet<int> Choose(RunReport report, int[] parents)
    {
        var kept = new HashSet<int>();
        var (failed, critical, first) = (0, 0, 0);
        foreach (var node in Outlines.Of(report.Nodes).Where(static node => !node.IsGroup))
        {
            if (StatusNames.IsFailure(node.Status) ? failed++ < MaxNodes / 3 : node.Critical ? critical++ < MaxNodes / 3 : first++ < MaxNodes / 3)
            {
                for (var around = node.Id; around >= 0 && kept.Add(around); around = parents[around])
                {
                }
            }

            if (kept.Count >= MaxNodes)
            {
                break;
            }
        }

        return kept;
    }

    private static List<NodeReport> Counted(List<NodeReport> nodes, List<StepReport> steps, Dictionary<int, int> at)
    {
        var shown = new int[nodes.Count];
        foreach (var step in steps)
        {
            shown[at[step.Node]]++;
        }

        for (var node = nodes.Count - 1; node > 0; node--)
        {
            shown[at[nodes[node].Parent!.Value]] += shown[node];
        }

        return [.. nodes.Select((node, number) => node with { Omitted = node.Commands - shown[number] })];
    }
}
