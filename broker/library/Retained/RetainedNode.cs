using IotMqtt.Broker.Topics;

namespace IotMqtt.Broker.Retained;

/// <summary>One level of the tree of topics that have a retained message.</summary>
internal sealed class RetainedNode
{
    private ChildMap<RetainedNode> _children;
    private RetainedMessage? _message;

    private bool IsEmpty => _message is null && _children.IsEmpty;

    /// <summary>Puts a message, or removes it where it is <see langword="null"/>.</summary>
    /// <returns>What was there before.</returns>
    public RetainedMessage? Set(ReadOnlySpan<char> topic, RetainedMessage? message)
    {
        var hasRest = TopicLevels.Cut(topic, out var level, out var rest);
        if (!_children.TryGet(level, out var child))
        {
            if (message is null)
            {
                return null;
            }

            child = new RetainedNode();
            _children.Add(level, child);
        }

        RetainedMessage? before;
        if (hasRest)
        {
            before = child.Set(rest, message);
        }
        else
        {
            (before, child._message) = (child._message, message);
        }

        if (child.IsEmpty)
        {
            _children.Remove(level);
        }

        return before;
    }

    public RetainedMessage? Get(ReadOnlySpan<char> topic)
    {
        var node = this;
        for (var more = true; more;)
        {
            more = TopicLevels.Cut(topic, out var level, out topic);
            if (!node._children.TryGet(level, out node))
            {
                return null;
            }
        }

        return node._message;
    }

    /// <summary>Collects what a filter matches. At the first level no wildcard matches a level that begins with <c>$</c>.</summary>
    public void Collect(ReadOnlySpan<char> filter, bool first, List<RetainedMessage> found)
    {
        var hasRest = TopicLevels.Cut(filter, out var level, out var rest);
        if (level is "#")
        {
            // The parent level belongs to it, but not to a lone "#": the root has no message.
            CollectAll(first, found);
        }
        else if (level is "+")
        {
            var next = rest.ToString();
            _children.Each((first, hasRest, next, found), static (state, name, child) =>
            {
                if (!state.first || !TopicRules.IsHidden(name))
                {
                    child.CollectNext(state.hasRest, state.next, state.found);
                }
            });
        }
        else if (_children.TryGet(level, out var child))
        {
            child.CollectNext(hasRest, rest, found);
        }
    }

    private void CollectNext(bool hasRest, ReadOnlySpan<char> rest, List<RetainedMessage> found)
    {
        if (hasRest)
        {
            Collect(rest, first: false, found);
        }
        else if (_message is not null)
        {
            found.Add(_message);
        }
    }

    private void CollectAll(bool first, List<RetainedMessage> found)
    {
        if (_message is not null)
        {
            found.Add(_message);
        }

        _children.Each((first, found), static (state, name, child) =>
        {
            if (!state.first || !TopicRules.IsHidden(name))
            {
                child.CollectAll(first: false, state.found);
            }
        });
    }
}
