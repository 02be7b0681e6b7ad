using IotMqtt.Broker.Retained;
using IotMqtt.Broker.Sessions;
using IotMqtt.Broker.Subscriptions;
using MQTTnet;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Routing;

/// <summary>Brings messages to sessions and keeps the retained ones.</summary>
internal sealed class Router(SubscriptionTable table, RetainedStore retained, Clock clock)
{
    [ThreadStatic]
    private static Matches? _pooled;

    /// <summary>
    /// Held while a retained message is stored and sent, and while a subscriber is added and sent what is stored. Without that
    /// order a subscriber could get an old retained message after a newer live one and would believe it for ever.
    /// </summary>
    private readonly Lock _retainedOrder = new();

    // Apart from what clients retain: it counts against no bound of theirs.
    private readonly RetainedStore _system = new(1_000, 1024 * 1024);

    private long _received;
    private long _receivedBytes;
    private long _sent;

    /// <summary>Messages that clients have published.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Bytes of their payloads.</summary>
    public long ReceivedBytes => Interlocked.Read(ref _receivedBytes);

    /// <summary>Messages that were given to sessions.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public (int Messages, long Bytes) Retained
    {
        get
        {
            lock (_retainedOrder)
            {
                return (retained.Count, retained.Bytes);
            }
        }
    }

    /// <summary>Sends a message to all sessions that subscribe to its topic. Takes ownership of <paramref name="message"/>.</summary>
    public RouteOutcome Route(string sender, MqttApplicationMessage message)
    {
        if (message.Topic.StartsWith(SystemTopics.Prefix, StringComparison.Ordinal))
        {
            return RouteOutcome.NotAllowed;
        }

        Interlocked.Increment(ref _received);
        Interlocked.Add(ref _receivedBytes, message.Payload.Length);
        var deadline = Messages.Deadline(message, clock.Now);
        if (!message.Retain)
        {
            return Send(sender, message, deadline);
        }

        lock (_retainedOrder)
        {
            return retained.Set(Messages.Copy(message), deadline, sender) ? Send(sender, message, deadline) : RouteOutcome.QuotaExceeded;
        }
    }

    /// <summary>Sends and keeps what the broker says of itself.</summary>
    public void RouteSystem(MqttApplicationMessage message)
    {
        lock (_retainedOrder)
        {
            _system.Set(Messages.Copy(message), deadline: null);
            Send("", message, deadline: null);
        }
    }

    /// <summary>Adds a subscription and sends the session the retained messages that it asks for (MQTT 5, section 3.3.1.3).</summary>
    public SubscribeOutcome Subscribe(BrokerSession session, Subscription subscription, MqttRetainHandling handling, int limit)
    {
        lock (_retainedOrder)
        {
            var outcome = table.Add(session, subscription, limit);
            var isWanted = outcome == SubscribeOutcome.Added && handling != MqttRetainHandling.DoNotSendOnSubscribe
                || outcome == SubscribeOutcome.Replaced && handling == MqttRetainHandling.SendAtSubscribe;
            if (isWanted && !subscription.Filter.StartsWith("$share/", StringComparison.Ordinal))
            {
                SendRetained(session, subscription);
            }

            return outcome;
        }
    }

    public bool Unsubscribe(BrokerSession session, string filter) => table.Remove(session, filter);

    public void ExpireRetained()
    {
        lock (_retainedOrder)
        {
            retained.Expire(clock.Now);
        }
    }

    private RouteOutcome Send(string sender, MqttApplicationMessage message, long? deadline)
    {
        var matches = _pooled ?? new Matches();
        _pooled = null;
        table.Find(message.Topic, sender, matches);
        var (qos, retain) = (message.QualityOfServiceLevel, message.Retain);
        foreach (ref readonly var match in matches.Found)
        {
            // The queue copies what it needs: one message serves all sessions.
            message.QualityOfServiceLevel = (MqttQualityOfServiceLevel)Math.Min((int)qos, (int)match.QoS);
            message.Retain = retain && match.RetainAsPublished;
            message.SubscriptionIdentifiers = Identifiers(match, deadline);
            match.Session.Enqueue(message);
        }

        Interlocked.Add(ref _sent, matches.Count);

        var outcome = matches.Count == 0 ? RouteOutcome.NoSubscribers : RouteOutcome.Delivered;
        matches.Clear();
        _pooled = matches;
        return outcome;
    }

    private void SendRetained(BrokerSession session, Subscription subscription)
    {
        if (!session.HasRoom)
        {
            session.Connection?.OnDropped(subscription.Filter);
            return;
        }

        // All or nothing: whoever subscribes wants to know what there is, and what there is, is bounded.
        var found = new List<RetainedMessage>();
        var store = subscription.Filter.StartsWith(SystemTopics.Prefix, StringComparison.Ordinal) ? _system : retained;
        store.Find(subscription.Filter, found);
        var now = clock.Now;
        foreach (var kept in found)
        {
            if (kept.Deadline <= now || subscription.NoLocal && kept.Sender == session.ClientId)
            {
                continue;
            }

            var message = Messages.Copy(kept.Message);
            message.QualityOfServiceLevel = (MqttQualityOfServiceLevel)Math.Min((int)message.QualityOfServiceLevel, (int)subscription.QoS);
            message.SubscriptionIdentifiers = Identifiers(new Match(session, subscription), kept.Deadline);
            session.EnqueueAnyway(message);
        }
    }

    private static List<uint>? Identifiers(in Match match, long? deadline)
    {
        if (deadline is null && match.Identifier == 0)
        {
            return null;
        }

        var delivery = new Delivery(deadline);
        if (match.Identifier != 0)
        {
            delivery.Add(match.Identifier);
            delivery.AddRange(match.MoreIdentifiers ?? []);
        }

        return delivery;
    }
}
