using IotMqtt.Broker.Delivery;
using MQTTnet;

namespace IotMqtt.Broker.Retained;

/// <summary>A message kept for a topic.</summary>
/// <param name="Message">The message; nobody changes it once it is here.</param>
/// <param name="Deadline">When it expires, in milliseconds of the broker's clock; <see langword="null"/>: never.</param>
/// <param name="Sender">Who published it: its own subscriptions may ask not to get it.</param>
internal sealed record RetainedMessage(MqttApplicationMessage Message, long? Deadline, string? Sender = null)
{
    /// <summary>What the nodes of the topic tree take, at most, for a topic that has none yet.</summary>
    private const int Node = 128;

    /// <summary>In bytes of memory.</summary>
    public long Size { get; } = MessageSize.Of(Message) + Node + 2L * Message.Topic.Length;
}
