using IotMqtt.Engine.Programs;

namespace IotMqtt.Runner.Reports.Recording;

/// <summary>The nodes of a program, those of the programs that it runs included.</summary>
internal static class ProgramTree
{
    /// <summary>The node and all within it, parents first.</summary>
    public static IEnumerable<Node> All(Node root)
    {
        var open = new Stack<Node>();
        open.Push(root);
        while (open.TryPop(out var node))
        {
            yield return node;
            foreach (var child in Children(node).Reverse())
            {
                open.Push(child);
            }
        }
    }

    /// <summary>The nodes directly within a node, in the order in which they were written; then those of its options.</summary>
    public static IEnumerable<Node> Children(Node node) => Own(node).Concat(Options(node));

    /// <summary>The nodes directly within it that are its steps.</summary>
    public static IEnumerable<Node> Own(Node node) => node switch
    {
        SequenceNode sequence => sequence.Steps,
        ParallelNode parallel => parallel.Branches,
        EachNode each => each.Gate is null ? [each.Steps] : [each.Steps, each.Gate],
        IfNode choice => choice.Else is null ? [choice.Then] : [choice.Then, choice.Else],
        RepeatNode repeat => [repeat.Steps],
        RunNode run => [run.Program.Steps],
        _ => [],
    };

    private static IEnumerable<Node> Options(Node node)
    {
        if (node.Catch is not null)
        {
            yield return node.Catch;
        }

        if (node.Undo is not null)
        {
            yield return node.Undo.Do;
        }

        if (node.Finally is not null)
        {
            yield return node.Finally;
        }
    }
}
