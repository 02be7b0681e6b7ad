using MQTTnet;

namespace IotMqtt.Broker.Delivery;

/// <summary>
/// What a message takes in memory, in bytes: the one measure for retained messages, for what waits and for kept sessions. Small things
/// weigh more than on the wire: a user property of seven bytes is three objects.
/// </summary>
internal static class MessageSize
{
    /// <summary>Of one more session that waits for a message that is there already.</summary>
    public const int Delivery = 160;

    private const int Message = 256;
    private const int Property = 112;

    public static long Of(MqttApplicationMessage message)
    {
        var size = Message + message.Payload.Length + 2L * message.Topic.Length + 2L * (message.ContentType?.Length ?? 0)
            + 2L * (message.ResponseTopic?.Length ?? 0) + (message.CorrelationData?.Length ?? 0);
        foreach (var property in message.UserProperties ?? [])
        {
            size += Property + 2L * property.Name.Length + property.ValueBuffer.Length;
        }

        return size;
    }
}
