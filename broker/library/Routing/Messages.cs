using MQTTnet;

namespace IotMqtt.Broker.Routing;

/// <summary>Copies of messages and their expiry.</summary>
internal static class Messages
{
    /// <summary>A copy of its own for the retained store; payload and properties are shared, since nobody changes them.</summary>
    public static MqttApplicationMessage Copy(MqttApplicationMessage message) => new()
    {
        Topic = message.Topic,
        Payload = message.Payload,
        QualityOfServiceLevel = message.QualityOfServiceLevel,
        Retain = message.Retain,
        ContentType = message.ContentType,
        CorrelationData = message.CorrelationData,
        MessageExpiryInterval = message.MessageExpiryInterval,
        PayloadFormatIndicator = message.PayloadFormatIndicator,
        ResponseTopic = message.ResponseTopic,
        UserProperties = message.UserProperties,
    };

    /// <summary>MQTTnet says 0 where a message does not expire.</summary>
    public static long? Deadline(MqttApplicationMessage message, long now) =>
        message.MessageExpiryInterval == 0 ? null : now + message.MessageExpiryInterval * 1000L;
}
