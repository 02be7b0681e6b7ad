using MQTTnet;

namespace IotMqtt.Broker.Wills;

/// <summary>What to publish if a client goes without saying so (MQTT 5, section 3.1.2.5), and how long after.</summary>
internal sealed record Will(string ClientId, MqttApplicationMessage Message, TimeSpan Delay);
