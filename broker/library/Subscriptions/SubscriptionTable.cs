using IotMqtt.Broker.Sessions;
using IotMqtt.Broker.Topics;

namespace IotMqtt.Broker.Subscriptions;

/// <summary>
/// Who subscribes to what: a tree of topic levels. A look-up costs what the topic's levels and its matches cost, never what
/// the number of sessions is. Also knows the filters of each session, so that a session leaves at the cost of its own.
/// </summary>
internal sealed class SubscriptionTable
{
    private readonly Lock _lock = new();
    private readonly SubscriptionNode _root = new();
    private long _search;
    private int _count;

    /// <summary>How many subscriptions there are.</summary>
    public int Count => Volatile.Read(ref _count);

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _root.IsEmpty;
            }
        }
    }

    /// <returns>What came of it.</returns>
    public SubscribeOutcome Add(BrokerSession session, Subscription subscription, int limit)
    {
        TopicRules.TrySplitShared(subscription.Filter, out var group, out var filter);
        lock (_lock)
        {
            if (session.IsClosed)
            {
                return SubscribeOutcome.SessionGone;
            }

            if (session.Filters.Count >= limit && !session.Filters.Contains(subscription.Filter))
            {
                return SubscribeOutcome.TooMany;
            }

            _count += session.Filters.Add(subscription.Filter) ? 1 : 0;
            return _root.Add(filter, group, session, subscription) ? SubscribeOutcome.Added : SubscribeOutcome.Replaced;
        }
    }

    /// <returns>Whether there was such a subscription.</returns>
    public bool Remove(BrokerSession session, string filter)
    {
        lock (_lock)
        {
            if (!session.Filters.Remove(filter))
            {
                return false;
            }

            _count--;
            return RemoveFromTree(session, filter);
        }
    }

    /// <summary>Removes all subscriptions of a session that is no more, and lets it add none.</summary>
    public void Close(BrokerSession session)
    {
        lock (_lock)
        {
            session.IsClosed = true;
            foreach (var filter in session.Filters)
            {
                RemoveFromTree(session, filter);
            }

            _count -= session.Filters.Count;
            session.Filters.Clear();
        }
    }

    /// <summary>Finds the sessions that get a message on <paramref name="topic"/> published by <paramref name="sender"/>.</summary>
    public void Find(string topic, string? sender, Matches matches)
    {
        lock (_lock)
        {
            matches.Begin(++_search, sender);
            _root.Collect(topic, TopicRules.IsHidden(topic), matches);
        }
    }

    private bool RemoveFromTree(BrokerSession session, string subscribed)
    {
        TopicRules.TrySplitShared(subscribed, out var group, out var filter);
        return _root.Remove(filter, group, session);
    }
}
