using IotMqtt.Broker.Sessions;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Subscriptions;

/// <summary>A session that gets a message, with what its overlapping subscriptions add up to: one copy, the highest QoS, all identifiers.</summary>
internal struct Match(BrokerSession session, Subscription subscription)
{
    public BrokerSession Session { get; } = session;

    public MqttQualityOfServiceLevel QoS { get; private set; } = subscription.QoS;

    public bool RetainAsPublished { get; private set; } = subscription.RetainAsPublished;

    public uint Identifier { get; private set; } = subscription.Identifier;

    public List<uint>? MoreIdentifiers { get; private set; }

    public void Add(Subscription subscription)
    {
        QoS = (MqttQualityOfServiceLevel)Math.Max((int)QoS, (int)subscription.QoS);
        RetainAsPublished |= subscription.RetainAsPublished;
        if (subscription.Identifier == 0)
        {
            return;
        }

        if (Identifier == 0)
        {
            Identifier = subscription.Identifier;
        }
        else if (Identifier != subscription.Identifier)
        {
            MoreIdentifiers ??= [];
            if (!MoreIdentifiers.Contains(subscription.Identifier))
            {
                MoreIdentifiers.Add(subscription.Identifier);
            }
        }
    }
}
