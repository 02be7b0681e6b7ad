using IotMqtt.Engine.Programs;

namespace IotMqtt.Engine.Running.Scopes;

/// <summary>The ids of a program's nodes, and of those within each node; looked for once, however often a node is run.</summary>
internal sealed class StepIdIndex(Node steps)
{
    private readonly Dictionary<Node, string[]> _within = new(ReferenceEqualityComparer.Instance);

    /// <summary>All of them.</summary>
    public string[] All { get; } = [.. IdsOf(steps)];

    /// <summary>Those of a node and of all within it.</summary>
    public string[] Within(Node node)
    {
        if (All.Length == 0)
        {
            return [];
        }

        if (!_within.TryGetValue(node, out var ids))
        {
            _within.Add(node, ids = [.. IdsOf(node)]);
        }

        return ids;
    }

    private static IEnumerable<string> IdsOf(Node node) => NodeTree.All(node).Select(static inner => inner.Id).OfType<string>();
}
