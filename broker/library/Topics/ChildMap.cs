using System.Diagnostics.CodeAnalysis;

namespace IotMqtt.Broker.Topics;

/// <summary>
/// The children of a node of a topic tree by their level. Most nodes of a fleet's tree have one child, so that one is kept
/// without a dictionary: at 15,000 devices that is most of the tree's memory.
/// </summary>
internal struct ChildMap<TNode> where TNode : class
{
    private string? _onlyKey;
    private TNode? _only;
    private Dictionary<string, TNode>? _many;

    public readonly bool IsEmpty => _onlyKey is null && _many is not { Count: > 0 };

    public readonly bool TryGet(ReadOnlySpan<char> level, [NotNullWhen(true)] out TNode? node)
    {
        if (_many is not null)
        {
            return _many.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out node);
        }

        node = _onlyKey is not null && level.SequenceEqual(_onlyKey) ? _only : null;
        return node is not null;
    }

    public void Add(ReadOnlySpan<char> level, TNode node)
    {
        if (_many is null && _onlyKey is null)
        {
            (_onlyKey, _only) = (level.ToString(), node);
            return;
        }

        if (_many is null)
        {
            _many = new Dictionary<string, TNode>(StringComparer.Ordinal) { [_onlyKey!] = _only! };
            (_onlyKey, _only) = (null, null);
        }

        _many.Add(level.ToString(), node);
    }

    public void Remove(ReadOnlySpan<char> level)
    {
        if (_many is not null)
        {
            _many.GetAlternateLookup<ReadOnlySpan<char>>().Remove(level);
        }
        else if (_onlyKey is not null && level.SequenceEqual(_onlyKey))
        {
            (_onlyKey, _only) = (null, null);
        }
    }

    /// <summary>Visits every child with its level.</summary>
    public readonly void Each<TState>(TState state, Action<TState, string, TNode> visit)
    {
        if (_onlyKey is not null)
        {
            visit(state, _onlyKey, _only!);
        }

        foreach (var (level, node) in _many ?? [])
        {
            visit(state, level, node);
        }
    }
}
