using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IotMqtt.Broker.Routing;

/// <summary>Routes what clients publish in MQTTnet's place, and says in the acknowledgement what came of it.</summary>
internal sealed class PublishHandler(Router router)
{
    public Task OnPublishing(InterceptingPublishEventArgs publishing)
    {
        publishing.ProcessPublish = false;
        publishing.Response.ReasonCode = router.Route(publishing.ClientId, publishing.ApplicationMessage) switch
        {
            RouteOutcome.NoSubscribers => MqttPubAckReasonCode.NoMatchingSubscribers,
            RouteOutcome.QuotaExceeded => MqttPubAckReasonCode.QuotaExceeded,
            _ => MqttPubAckReasonCode.Success,
        };
        return Task.CompletedTask;
    }
}
