using IotMqtt.Broker.Sessions;

namespace IotMqtt.Broker.Subscriptions;

/// <summary>
/// Collects the sessions that match one topic. A session is met once per matching subscription and kept once: it carries the
/// number of the search that met it last, so that merging needs no look-up however many match.
/// </summary>
internal sealed class Matches
{
    private readonly List<Match> _found = [];
    private long _search;
    private string? _sender;

    public int Count => _found.Count;

    public ReadOnlySpan<Match> Found => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_found);

    public void Begin(long search, string? sender)
    {
        _found.Clear();
        (_search, _sender) = (search, sender);
    }

    /// <summary>Forgets the sessions, so that a pooled collection keeps none alive.</summary>
    public void Clear() => _found.Clear();

    public void Add(BrokerSession session, Subscription subscription)
    {
        if (subscription.NoLocal && session.ClientId == _sender)
        {
            return;
        }

        if (session.LastSearch == _search)
        {
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_found)[session.LastMatch].Add(subscription);
            return;
        }

        (session.LastSearch, session.LastMatch) = (_search, _found.Count);
        _found.Add(new Match(session, subscription));
    }
}
