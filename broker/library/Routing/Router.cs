using IotMqtt.Broker.Access;
using IotMqtt.Broker.Delivery;
using IotMqtt.Broker.Retained;
using IotMqtt.Broker.Sessions;
using IotMqtt.Broker.Subscriptions;
using IotMqtt.Broker.Topics;
using MQTTnet;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Routing;

/// <summary>Brings messages to sessions and keeps the retained ones.</summary>
internal sealed class Router(SubscriptionTable table, RetainedStore retained, MemoryBudget budget, AccessControl access, Clock clock)
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

    private readonly GarbageLimit _garbage = new(() => budget.Used + retained.Bytes);

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

    /// <summary>Routes what a client publishes.</summary>
    /// <param name="sender">Its client id.</param>
    /// <param name="message">The message, which nobody changes from now on.</param>
    /// <param name="expires">Whether it has a Message Expiry Interval, which may be 0.</param>
    /// <returns>What to answer where an answer is asked for (MQTT 5, section 3.4.2.1).</returns>
    public MqttPubAckReasonCode Publish(string sender, MqttApplicationMessage message, bool expires) =>
        !TopicRules.IsShallow(message.Topic) ? MqttPubAckReasonCode.TopicNameInvalid : Route(sender, message, expires) switch
        {
            RouteOutcome.NoSubscribers => MqttPubAckReasonCode.NoMatchingSubscribers,
            RouteOutcome.NotAllowed => MqttPubAckReasonCode.NotAuthorized,
            RouteOutcome.QuotaExceeded => MqttPubAckReasonCode.QuotaExceeded,
            _ => MqttPubAckReasonCode.Success,
        };

    /// <summary>Sends a message to all sessions that subscribe to its topic. Nobody may change it from now on.</summary>
    public RouteOutcome Route(string sender, MqttApplicationMessage message, bool expires = false)
    {
        if (message.Topic.StartsWith(SystemTopics.Prefix, StringComparison.Ordinal))
        {
            return RouteOutcome.NotAllowed;
        }

        Interlocked.Increment(ref _received);
        Interlocked.Add(ref _receivedBytes, message.Payload.Length);
        _garbage.OnReceived(MessageSize.Of(message));
        var deadline = expires || message.MessageExpiryInterval > 0 ? clock.Now + message.MessageExpiryInterval * 1000L : default(long?);
        if (!message.Retain)
        {
            return Send(sender, message, deadline);
        }

        lock (_retainedOrder)
        {
            return retained.Set(message, deadline, sender) ? Send(sender, message, deadline) : RouteOutcome.QuotaExceeded;
        }
    }

    /// <summary>Sends and keeps what the broker says of itself.</summary>
    public void RouteSystem(MqttApplicationMessage message)
    {
        lock (_retainedOrder)
        {
            _system.Set(message, deadline: null);
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
        var delivered = 0;
        if (matches.Count > 0)
        {
            var shared = new SharedMessage(message, deadline, budget);
            var now = clock.Now;
            foreach (ref readonly var match in matches.Found)
            {
                if (!access.MayReceive(match.Session.User, match.Session.ClientId, message.Topic))
                {
                    continue;
                }

                delivered++;
                match.Session.Deliver(shared, Lesser(message.QualityOfServiceLevel, match.QoS), message.Retain && match.RetainAsPublished, Identifiers(match), now);
            }
        }

        Interlocked.Add(ref _sent, delivered);

        var outcome = delivered == 0 ? RouteOutcome.NoSubscribers : RouteOutcome.Delivered;
        matches.Clear();
        _pooled = matches;
        return outcome;
    }

    private void SendRetained(BrokerSession session, Subscription subscription)
    {
        if (!session.Outbox.HasRoom)
        {
            session.OnDropped(subscription.Filter);
            return;
        }

        // All or nothing: whoever subscribes wants to know what there is, and what there is, is bounded.
        var found = new List<RetainedMessage>();
        var store = subscription.Filter.StartsWith(SystemTopics.Prefix, StringComparison.Ordinal) ? _system : retained;
        store.Find(subscription.Filter, found);
        var now = clock.Now;
        foreach (var kept in found)
        {
            if (kept.Deadline <= now || subscription.NoLocal && kept.Sender == session.ClientId
                || !access.MayReceive(session.User, session.ClientId, kept.Message.Topic))
            {
                continue;
            }

            var shared = new SharedMessage(kept.Message, kept.Deadline, budget, isKept: true);
            session.Deliver(
                shared, Lesser(kept.Message.QualityOfServiceLevel, subscription.QoS), retain: true, Identifiers(new Match(session, subscription)), now, anyway: true);
        }
    }

    private static MqttQualityOfServiceLevel Lesser(MqttQualityOfServiceLevel one, MqttQualityOfServiceLevel other) => one < other ? one : other;

    private static uint[]? Identifiers(in Match match) => match.Identifier == 0 ? null : [match.Identifier, .. match.MoreIdentifiers ?? []];
}
