using IotMqtt.Broker.Sessions;

namespace IotMqtt.Broker.Subscriptions;

/// <summary>The members of a shared subscription (MQTT 5, section 4.8.2). Each message goes to one of them, in turn.</summary>
internal sealed class SharedGroup
{
    private readonly List<(BrokerSession Session, Subscription Subscription)> _members = [];
    private int _next;

    public bool IsEmpty => _members.Count == 0;

    public bool Set(BrokerSession session, Subscription subscription)
    {
        var at = _members.FindIndex(member => member.Session == session);
        if (at < 0)
        {
            _members.Add((session, subscription));
            return true;
        }

        _members[at] = (session, subscription);
        return false;
    }

    public bool Remove(BrokerSession session) => _members.RemoveAll(member => member.Session == session) > 0;

    /// <summary>Takes the next member that is connected; if none is, the next one, for which the message is kept.</summary>
    public void CollectInto(Matches matches)
    {
        for (var tried = 0; tried < _members.Count; tried++)
        {
            var at = (_next + tried) % _members.Count;
            if (_members[at].Session.IsConnected)
            {
                Take(matches, at);
                return;
            }
        }

        Take(matches, _next % _members.Count);
    }

    private void Take(Matches matches, int at)
    {
        _next = (at + 1) % _members.Count;
        matches.Add(_members[at].Session, _members[at].Subscription);
    }
}
