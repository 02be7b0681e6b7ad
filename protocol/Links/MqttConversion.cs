using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IotMqtt.Protocol.Links;

/// <summary>Between our messages and the client library's; nothing is copied that need not be.</summary>
internal static class MqttConversion
{
    // The fixed header, lengths and property ids of a PUBLISH, generously.
    private const int PublishOverhead = 64;
    private const int UserPropertyOverhead = 5;

    public static MqttApplicationMessage ToMqtt(OutgoingMessage message) => new()
    {
        Topic = message.Topic,
        Payload = new ReadOnlySequence<byte>(message.Payload),
        QualityOfServiceLevel = (MqttQualityOfServiceLevel)message.QualityOfService,
        Retain = message.Retain,
        MessageExpiryInterval = message.ExpirySeconds,
        ResponseTopic = message.ResponseTopic,
        CorrelationData = ToArray(message.CorrelationData),
        ContentType = message.ContentType,
        UserProperties = ToMqtt(message.UserProperties),
    };

    public static IncomingMessage FromMqtt(MqttPublishPacket message, long timestamp) => new()
    {
        Topic = message.Topic,
        Payload = message.Payload.IsSingleSegment ? message.Payload.First : message.Payload.ToArray(),
        QualityOfService = (QualityOfService)message.QualityOfServiceLevel,
        Retained = message.Retain,
        Duplicate = message.Dup,
        ExpirySeconds = message.MessageExpiryInterval,
        ResponseTopic = message.ResponseTopic,
        CorrelationData = message.CorrelationData,
        UserProperties = FromMqtt(message.UserProperties),
        ContentType = message.ContentType,
        SubscriptionIdentifiers = message.SubscriptionIdentifiers is { Count: > 0 } identifiers ? [.. identifiers] : [],
        ReceivedTimestamp = timestamp,
    };

    /// <summary>A message of exactly once: its handshake is the client library's.</summary>
    public static IncomingMessage FromMqtt(MqttApplicationMessage message, bool duplicate, long timestamp) => new()
    {
        Topic = message.Topic,
        Payload = message.Payload.ToArray(),
        QualityOfService = (QualityOfService)message.QualityOfServiceLevel,
        Retained = message.Retain,
        Duplicate = duplicate,
        ExpirySeconds = message.MessageExpiryInterval,
        ResponseTopic = message.ResponseTopic,
        CorrelationData = message.CorrelationData,
        UserProperties = FromMqtt(message.UserProperties),
        ContentType = message.ContentType,
        ReceivedTimestamp = timestamp,
    };

    public static MqttTopicFilter ToMqtt(Subscription subscription) => new()
    {
        Topic = subscription.Filter,
        QualityOfServiceLevel = (MqttQualityOfServiceLevel)subscription.QualityOfService,
        RetainHandling = subscription.WithRetained ? MqttRetainHandling.SendAtSubscribe : MqttRetainHandling.DoNotSendOnSubscribe,
    };

    /// <summary>At least as many bytes as the PUBLISH will have.</summary>
    public static long PacketSizeBound(OutgoingMessage message)
    {
        long size = PublishOverhead + Encoding.UTF8.GetByteCount(message.Topic) + message.Payload.Length + message.CorrelationData.Length;
        size += message.ResponseTopic is null ? 0 : Encoding.UTF8.GetByteCount(message.ResponseTopic);
        size += message.ContentType is null ? 0 : Encoding.UTF8.GetByteCount(message.ContentType);
        for (var at = 0; at < message.UserProperties?.Count; at++)
        {
            var property = message.UserProperties[at];
            size += UserPropertyOverhead + Encoding.UTF8.GetByteCount(property.Name) + property.Value.Length;
        }

        return size;
    }

    public static byte[]? ToArray(ReadOnlyMemory<byte> memory)
    {
        if (memory.IsEmpty)
        {
            return null;
        }

        return MemoryMarshal.TryGetArray(memory, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : memory.ToArray();
    }

    public static List<MqttUserProperty>? ToMqtt(IReadOnlyList<UserProperty>? properties)
    {
        if (properties is null or { Count: 0 })
        {
            return null;
        }

        var converted = new List<MqttUserProperty>(properties.Count);
        for (var at = 0; at < properties.Count; at++)
        {
            converted.Add(new MqttUserProperty(properties[at].Name, properties[at].Value));
        }

        return converted;
    }

    private static UserProperty[] FromMqtt(List<MqttUserProperty>? properties)
    {
        if (properties is null or { Count: 0 })
        {
            return [];
        }

        var converted = new UserProperty[properties.Count];
        for (var at = 0; at < converted.Length; at++)
        {
            converted[at] = new UserProperty(properties[at].Name, properties[at].ValueBuffer);
        }

        return converted;
    }
}
