using IotMqtt.Broker.Subscriptions;
using IotMqtt.Broker.Topics;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Connections;

/// <summary>SUBSCRIBE and UNSUBSCRIBE (MQTT 5, sections 3.8 to 3.11).</summary>
internal sealed partial class Connection
{
    private void Subscribe(MqttSubscribePacket subscribe)
    {
        // What is published from now on waits until the answer is on its way: clients expect it first.
        Session!.Outbox.Hold(this);
        try
        {
            var codes = subscribe.TopicFilters.ConvertAll(filter => Subscribe(filter, subscribe.SubscriptionIdentifier));
            Answer(new MqttSubAckPacket { PacketIdentifier = subscribe.PacketIdentifier, ReasonCodes = codes });
        }
        finally
        {
            Session.Outbox.Release(this);
        }
    }

    private void Unsubscribe(MqttUnsubscribePacket unsubscribe) => Answer(new MqttUnsubAckPacket
    {
        PacketIdentifier = unsubscribe.PacketIdentifier,
        ReasonCodes = unsubscribe.TopicFilters.ConvertAll(filter => _around.Router.Unsubscribe(Session!, filter)
            ? MqttUnsubscribeReasonCode.Success
            : MqttUnsubscribeReasonCode.NoSubscriptionExisted),
    });

    private MqttSubscribeReasonCode Subscribe(MqttTopicFilter filter, uint identifier)
    {
        if (!TopicRules.IsFilter(filter.Topic) || !TopicRules.TrySplitShared(filter.Topic, out _, out var inner) || inner.Length == 0)
        {
            return Refusal(MqttSubscribeReasonCode.TopicFilterInvalid);
        }

        if (!_around.Access.MaySubscribe(_client!.Username, _client.Id, inner))
        {
            return Refusal(MqttSubscribeReasonCode.NotAuthorized);
        }

        var subscription = new Subscription(filter.Topic, filter.QualityOfServiceLevel, filter.NoLocal, filter.RetainAsPublished, identifier);
        var outcome = _around.Router.Subscribe(Session!, subscription, filter.RetainHandling, _around.Options.MaxSubscriptionsPerSession);
        return outcome switch
        {
            SubscribeOutcome.TooMany => Refusal(MqttSubscribeReasonCode.QuotaExceeded),
            SubscribeOutcome.SessionGone => Refusal(MqttSubscribeReasonCode.UnspecifiedError),
            _ => (MqttSubscribeReasonCode)filter.QualityOfServiceLevel,
        };
    }

    /// <summary>MQTT 3.1.1 has one code for all refusals (section 3.9.3).</summary>
    private MqttSubscribeReasonCode Refusal(MqttSubscribeReasonCode code) =>
        _client!.Version == MQTTnet.Formatter.MqttProtocolVersion.V500 ? code : MqttSubscribeReasonCode.UnspecifiedError;
}
