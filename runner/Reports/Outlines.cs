using IotMqtt.Engine.Programs;

namespace IotMqtt.Runner.Reports;

/// <summary>What there is to choose a step by, where few of very many are wanted.</summary>
/// <param name="Node">Its node.</param>
/// <param name="Outcome">Its status for people.</param>
/// <param name="IsLast">Whether its node had no attempt after it.</param>
/// <param name="IsRetry">Whether it is not the first attempt.</param>
/// <param name="IsPublished">Whether it went out.</param>
/// <param name="Critical">Whether it is on the critical path.</param>
/// <param name="HasError">Whether there is a word why it did not come to what it should.</param>
/// <param name="Counts">Whether its node has an error that counts against the run.</param>
internal readonly record struct StepOutline(
    int Node, StepStatus Outcome, bool IsLast, bool IsRetry, bool IsPublished, bool Critical, bool HasError, bool Counts)
{
    public static StepOutline Of(StepReport step) => new(
        step.Node, step.Status, step.IsLast, step.Attempt > 1, step.PublishedAt is not null, step.Critical, step.Error is not null, step.Counts);
}

/// <summary>What there is to choose a node by.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Parent">The number of the node around it; null: it is the program itself.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Critical">Whether it is on the critical path.</param>
/// <param name="IsGroup">Whether there are nodes within it.</param>
internal readonly record struct NodeOutline(int Id, int? Parent, StepStatus Status, bool Critical, bool IsGroup)
{
    public static NodeOutline Of(NodeReport node) => new(node.Id, node.Parent, node.Status, node.Critical, node.IsGroup);
}

/// <summary>Many things that are made when they are read, and cost less to look over than to read.</summary>
internal interface ILookedOver<TThing, TOutline>
{
    /// <summary>All of them, in outline.</summary>
    IEnumerable<TOutline> Outlines();

    /// <summary>Those that are wanted; asked of each in turn.</summary>
    IEnumerable<(TOutline Outline, TThing Thing)> Choose(Func<TOutline, bool> wanted);
}

/// <summary>Looks over what there is many of.</summary>
internal static class Outlines
{
    public static IEnumerable<StepOutline> Of(IReadOnlyCollection<StepReport> steps) =>
        steps is ILookedOver<StepReport, StepOutline> many ? many.Outlines() : steps.Select(StepOutline.Of);

    public static IEnumerable<NodeOutline> Of(IReadOnlyCollection<NodeReport> nodes) =>
        nodes is ILookedOver<NodeReport, NodeOutline> many ? many.Outlines() : nodes.Select(NodeOutline.Of);

    /// <summary>The steps that are wanted; asked of each in turn.</summary>
    public static IEnumerable<(StepOutline Outline, StepReport Thing)> Choose(IReadOnlyCollection<StepReport> steps, Func<StepOutline, bool> wanted) =>
        steps is ILookedOver<StepReport, StepOutline> many ? many.Choose(wanted) : steps.Select(step => (StepOutline.Of(step), step)).Where(each => wanted(each.Item1));

    /// <summary>The nodes that are wanted; asked of each in turn.</summary>
    public static IEnumerable<(NodeOutline Outline, NodeReport Thing)> Choose(IReadOnlyCollection<NodeReport> nodes, Func<NodeOutline, bool> wanted) =>
        nodes is ILookedOver<NodeReport, NodeOutline> many ? many.Choose(wanted) : nodes.Select(node => (NodeOutline.Of(node), node)).Where(each => wanted(each.Item1));

    /// <summary>So many steps at most: those of the highest rank first, and of one rank those that come first.</summary>
    public static List<StepReport> Foremost(IReadOnlyCollection<StepReport> steps, int most, Func<StepOutline, int> rank, int highest)
    {
        var room = Enumerable.Repeat(most, highest + 1).ToArray();
        var ranked = Choose(steps, step => room[rank(step)]-- > 0);
        return [.. ranked.OrderByDescending(each => rank(each.Outline)).Take(most).Select(static each => each.Thing)];
    }
}
