using IotMqtt.Engine.Programs;

namespace IotMqtt.Engine.Running.Scopes;

/// <summary>The nodes of a program, without recursion: nesting has no limit.</summary>
internal static class NodeTree
{
    /// <summary>A node and all nodes within it, those of other programs that it runs excepted.</summary>
    public static IEnumerable<Node> All(Node root)
    {
        var open = new Stack<Node>();
        open.Push(root);
        while (open.TryPop(out var node))
        {
            yield return node;
            Push(open, node.Catch);
            Push(open, node.Finally);
            switch (node)
            {
                case SequenceNode sequence:
                    Push(open, sequence.Steps.AsSpan());
                    break;
                case ParallelNode parallel:
                    Push(open, parallel.Branches.AsSpan());
                    break;
                case EachNode each:
                    Push(open, each.Steps);
                    Push(open, each.Gate);
                    break;
                case IfNode choice:
                    Push(open, choice.Then);
                    Push(open, choice.Else);
                    break;
                case RepeatNode repeat:
                    Push(open, repeat.Steps);
                    break;
                default:
                    break;
            }
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
        foreach (var node in nodes)
        {
            open.Push(node);
        }
    }
}
