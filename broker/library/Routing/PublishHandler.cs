using IotMqtt.Broker.Topics;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IotMqtt.Broker.Routing;

/// <summary>Routes what clients publish in MQTTnet's place, and says in the acknowledgement what came of it.</summary>
internal sealed class PublishHandler(Router router)
{
    public Task OnPublishing(InterceptingPublishEventArgs publishing)
    {
        publishing.ProcessPublish = false;
        if (!TopicRules.IsShallow(publishing.ApplicationMessage.Topic))
        {
            // Well-formed, and not accepted here: said to whoever asked for an answer (MQTT 5, section 3.4.2.1).
            publishing.Response.ReasonCode = MqttPubAckReasonCode.TopicNameInvalid;
            return Task.CompletedTask;
        }

        publishing.Response.ReasonCode = router.Route(publishing.ClientId, publishing.ApplicationMessage) switch
        {
            RouteOutcome.NoSubscribers => MqttPubAckReasonCode.NoMatchingSubscribers,
            RouteOutcome.NotAllowed => MqttPubAckReasonCode.NotAuthorized,
            RouteOutcome.QuotaExceeded => MqttPubAckReasonCode.QuotaExceeded,
            _ => MqttPubAckReasonCode.Success,
        };
        return Task.CompletedTask;
    }
}
