namespace IotMqtt.Engine.Programs;

/// <summary>Walks through the nodes of a program, without recursion.</summary>
internal static class NodeTree
{
    /// <summary>How deep the nodes of a valid program may nest.</summary>
    public const int MaxDepth = 1000;

    /// <summary>A node and all that are in it, the command of an <c>undo</c> included; those of other programs that it runs excepted.</summary>
    public static IEnumerable<Node> All(Node root)
    {
        var open = new Stack<Node>();
        open.Push(root);
        while (open.TryPop(out var node))
        {
            yield return node;
            Push(open, node.Undo?.Do);
            Push(open, node.Finally);
            Push(open, node.Catch);
            PushInside(open, node);
        }
    }

    private static void PushInside(Stack<Node> open, Node node)
    {
        switch (node)
        {
            case SequenceNode sequence:
                Push(open, sequence.Steps.AsSpan());
                break;
            case ParallelNode parallel:
                Push(open, parallel.Branches.AsSpan());
                break;
            case EachNode each:
                Push(open, each.Gate);
                Push(open, each.Steps);
                break;
            case IfNode choice:
                Push(open, choice.Else);
                Push(open, choice.Then);
                break;
            case RepeatNode repeat:
                Push(open, repeat.Steps);
                break;
        }
    }

    private static void Push(Stack<Node> open, Node? node)
    {
        if (node is not null)
        {
            open.Push(node);
        }
    }

    private static void Push(Stack<Node> open, ReadOnlySpan<Node> nodes)
    {
        for (var index = nodes.Length - 1; index >= 0; index--)
        {
            open.Push(nodes[index]);
        }
    }
}
