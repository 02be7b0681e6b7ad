using MQTTnet;

namespace IotMqtt.Broker.Retained;

/// <summary>A message kept for a topic.</summary>
/// <param name="Message">The message; nobody changes it once it is here.</param>
/// <param name="Deadline">When it expires, in milliseconds of the broker's clock; <see langword="null"/>: never.</param>
/// <param name="Sender">Who published it: its own subscriptions may ask not to get it.</param>
internal sealed record RetainedMessage(MqttApplicationMessage Message, long? Deadline, string? Sender = null)
{
    public long Size => (long)Message.Topic.Length + Message.Payload.Length;
}
