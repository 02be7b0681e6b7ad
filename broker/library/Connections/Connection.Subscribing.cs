using IotMqtt.Broker.Subscriptions;
using IotMqtt.Broker.Topics;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Connections;

/// <summary>
/// SUBSCRIBE and UNSUBSCRIBE do not reach MQTTnet: it would keep the subscriptions a second time, under a lock of all sessions,
/// and it answers several filters in the order of their QoS instead of theirs.
/// </summary>
internal sealed partial class Connection
{
    private async ValueTask SubscribeAsync(MqttSubscribePacket subscribe)
    {
        // What is published from now on waits until the answer is out: clients expect it first.
        _outbox.Hold();
        try
        {
            var codes = subscribe.TopicFilters.ConvertAll(filter => Subscribe(filter, subscribe.SubscriptionIdentifier));
            await WriteAsync(new MqttSubAckPacket { PacketIdentifier = subscribe.PacketIdentifier, ReasonCodes = codes }, CancellationToken.None);
        }
        finally
        {
            _outbox.Release();
        }

        await SendHeldAsync();
    }

    private async ValueTask UnsubscribeAsync(MqttUnsubscribePacket unsubscribe)
    {
        var codes = unsubscribe.TopicFilters.ConvertAll(filter => _around.Router.Unsubscribe(Session!, filter)
            ? MqttUnsubscribeReasonCode.Success
            : MqttUnsubscribeReasonCode.NoSubscriptionExisted);
        await WriteAsync(new MqttUnsubAckPacket { PacketIdentifier = unsubscribe.PacketIdentifier, ReasonCodes = codes }, CancellationToken.None);
    }

    private MqttSubscribeReasonCode Subscribe(MqttTopicFilter filter, uint identifier)
    {
        if (!TopicRules.IsFilter(filter.Topic) || !TopicRules.TrySplitShared(filter.Topic, out _, out var inner) || inner.Length == 0)
        {
            return Refusal(MqttSubscribeReasonCode.TopicFilterInvalid);
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
