using IotMqtt.Broker.Sessions;
using IotMqtt.Broker.Topics;

namespace IotMqtt.Broker.Subscriptions;

/// <summary>One level of the subscription tree. Wildcards are children like any other level, named <c>+</c> and <c>#</c>.</summary>
internal sealed class SubscriptionNode
{
    private ChildMap<SubscriptionNode> _children;
    private Subscribers _subscribers;
    private Dictionary<string, SharedGroup>? _groups;

    public bool IsEmpty => _subscribers.IsEmpty && _children.IsEmpty && _groups is not { Count: > 0 };

    public bool Add(ReadOnlySpan<char> filter, string? group, BrokerSession session, Subscription subscription)
    {
        var hasRest = TopicLevels.Cut(filter, out var level, out var rest);
        if (!_children.TryGet(level, out var child))
        {
            child = new SubscriptionNode();
            _children.Add(level, child);
        }

        return hasRest ? child.Add(rest, group, session, subscription) : child.AddHere(group, session, subscription);
    }

    public bool Remove(ReadOnlySpan<char> filter, string? group, BrokerSession session)
    {
        var hasRest = TopicLevels.Cut(filter, out var level, out var rest);
        if (!_children.TryGet(level, out var child))
        {
            return false;
        }

        var removed = hasRest ? child.Remove(rest, group, session) : child.RemoveHere(group, session);
        if (child.IsEmpty)
        {
            _children.Remove(level);
        }

        return removed;
    }

    /// <param name="topic">The rest of the topic.</param>
    /// <param name="hidden">Whether this is the first level of a topic that begins with <c>$</c>: no wildcard matches there.</param>
    /// <param name="matches">Where to put the sessions.</param>
    public void Collect(ReadOnlySpan<char> topic, bool hidden, Matches matches)
    {
        var hasRest = TopicLevels.Cut(topic, out var level, out var rest);
        if (!hidden && _children.TryGet("#", out var all))
        {
            all.CollectHere(matches);
        }

        if (_children.TryGet(level, out var exact))
        {
            exact.CollectNext(hasRest, rest, matches);
        }

        if (!hidden && _children.TryGet("+", out var any))
        {
            any.CollectNext(hasRest, rest, matches);
        }
    }

    private void CollectNext(bool hasRest, ReadOnlySpan<char> rest, Matches matches)
    {
        if (hasRest)
        {
            Collect(rest, hidden: false, matches);
            return;
        }

        CollectHere(matches);
        if (_children.TryGet("#", out var parent))
        {
            // "sport/#" matches "sport" too: the multi-level wildcard includes the parent level.
            parent.CollectHere(matches);
        }
    }

    private void CollectHere(Matches matches)
    {
        _subscribers.CollectInto(matches);
        foreach (var group in _groups?.Values ?? Enumerable.Empty<SharedGroup>())
        {
            group.CollectInto(matches);
        }
    }

    private bool AddHere(string? group, BrokerSession session, Subscription subscription)
    {
        if (group is null)
        {
            return _subscribers.Set(session, subscription);
        }

        _groups ??= new Dictionary<string, SharedGroup>(StringComparer.Ordinal);
        if (!_groups.TryGetValue(group, out var members))
        {
            _groups[group] = members = new SharedGroup();
        }

        return members.Set(session, subscription);
    }

    private bool RemoveHere(string? group, BrokerSession session)
    {
        if (group is null)
        {
            return _subscribers.Remove(session);
        }

        if (_groups is null || !_groups.TryGetValue(group, out var members))
        {
            return false;
        }

        var removed = members.Remove(session);
        if (members.IsEmpty)
        {
            _groups.Remove(group);
        }

        return removed;
    }
}
