using MQTTnet;

namespace IotMqtt.Broker.Retained;

/// <summary>A message kept for a topic.</summary>
/// <param name="Message">The message; nobody changes it once it is here.</param>
/// <param name="Deadline">When it expires, in milliseconds of the broker's clock; <see langword="null"/>: never.</param>
internal sealed record RetainedMessage(MqttApplicationMessage Message, long? Deadline)
{
    public long Size => (long)Message.Topic.Length + Message.Payload.Length;
}
