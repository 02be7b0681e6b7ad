using MQTTnet.Protocol;

namespace IotMqtt.Broker.Subscriptions;

/// <summary>One subscription of one session, as granted (MQTT 5, section 3.8.3.1).</summary>
/// <param name="Filter">The filter as the client wrote it, <c>$share/…</c> included.</param>
/// <param name="QoS">The quality of service that was granted.</param>
/// <param name="NoLocal">Do not send the client what it published itself.</param>
/// <param name="RetainAsPublished">Keep the retain flag of what is forwarded.</param>
/// <param name="Identifier">The subscription identifier; 0 is none.</param>
internal sealed record Subscription(
    string Filter, MqttQualityOfServiceLevel QoS, bool NoLocal = false, bool RetainAsPublished = false, uint Identifier = 0);
