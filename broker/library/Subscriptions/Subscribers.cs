using IotMqtt.Broker.Sessions;

namespace IotMqtt.Broker.Subscriptions;

/// <summary>The sessions subscribed to one filter. One is the rule in a fleet and is kept without a dictionary.</summary>
internal struct Subscribers
{
    private BrokerSession? _onlySession;
    private Subscription? _only;
    private Dictionary<BrokerSession, Subscription>? _many;

    public readonly bool IsEmpty => _onlySession is null && _many is not { Count: > 0 };

    /// <returns>Whether the session had no subscription to this filter before.</returns>
    public bool Set(BrokerSession session, Subscription subscription)
    {
        if (_many is null && (_onlySession is null || _onlySession == session))
        {
            var isNew = _onlySession is null;
            (_onlySession, _only) = (session, subscription);
            return isNew;
        }

        if (_many is null)
        {
            _many = new Dictionary<BrokerSession, Subscription> { [_onlySession!] = _only! };
            (_onlySession, _only) = (null, null);
        }

        var before = _many.Count;
        _many[session] = subscription;
        return _many.Count > before;
    }

    public bool Remove(BrokerSession session)
    {
        if (_many is not null)
        {
            return _many.Remove(session);
        }

        if (_onlySession != session)
        {
            return false;
        }

        (_onlySession, _only) = (null, null);
        return true;
    }

    public readonly void CollectInto(Matches matches)
    {
        if (_onlySession is not null)
        {
            matches.Add(_onlySession, _only!);
            return;
        }

        if (_many is not null)
        {
            foreach (var (session, subscription) in _many)
            {
                matches.Add(session, subscription);
            }
        }
    }
}
