using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Wire;

/// <summary>What must hold of a packet before it is decoded: MQTTnet's codec checks little of it.</summary>
internal static class PacketRules
{
    /// <summary>What the first byte says.</summary>
    public static Violation? CheckHeader(MqttProtocolVersion version, FixedHeader header) => header.Type switch
    {
        MqttControlPacketType.Publish when (header.Flags & 0b0110) == 0b0110 => Violation.Malformed("a PUBLISH has QoS 3"),
        MqttControlPacketType.Publish when (header.Flags & 0b1110) == 0b1000 => Violation.Malformed("a PUBLISH with QoS 0 is marked as a duplicate"),
        MqttControlPacketType.Publish => null,
        MqttControlPacketType.PubRel or MqttControlPacketType.Subscribe or MqttControlPacketType.Unsubscribe =>
            header.Flags == 0b0010 ? null : Violation.Malformed($"a {header.Type} has flags {header.Flags} in its first byte"),
        MqttControlPacketType.PubAck or MqttControlPacketType.PubRec or MqttControlPacketType.PubComp
            or MqttControlPacketType.PingReq or MqttControlPacketType.Disconnect =>
            header.Flags == 0 ? null : Violation.Malformed($"a {header.Type} has flags {header.Flags} in its first byte"),
        MqttControlPacketType.Auth when version == MqttProtocolVersion.V500 && header.Flags != 0 => Violation.Malformed($"an AUTH has flags {header.Flags} in its first byte"),
        MqttControlPacketType.Auth when version == MqttProtocolVersion.V500 => Violation.Protocol("an AUTH came, but no authentication method was agreed"),
        MqttControlPacketType.Connect => Violation.Protocol("a second CONNECT came"),
        _ => Violation.Protocol($"a client does not send packets of type {(int)header.Type}"),
    };

    /// <summary>What the body must look like. Says also which properties are there, where the codec takes absent for 0.</summary>
    public static Violation? CheckBody(MqttProtocolVersion version, FixedHeader header, ReadOnlySpan<byte> bytes, out PropertySet properties)
    {
        var body = new BodyReader(bytes);
        var isV5 = version == MqttProtocolVersion.V500;
        properties = header.Type switch
        {
            MqttControlPacketType.Publish => CheckPublish(ref body, isV5, (header.Flags & 0b0110) != 0),
            MqttControlPacketType.Subscribe => CheckSubscribe(ref body, isV5),
            MqttControlPacketType.Unsubscribe => CheckUnsubscribe(ref body, isV5),
            MqttControlPacketType.Disconnect => CheckReason(ref body, isV5, PropertySet.Disconnect),
            MqttControlPacketType.PingReq => default,
            _ => CheckAcknowledgement(ref body, isV5),
        };
        if (header.Type != MqttControlPacketType.Publish)
        {
            body.RequireEnd($"the {header.Type}");
        }

        return body.Violation;
    }

    private static PropertySet CheckPublish(ref BodyReader body, bool isV5, bool hasIdentifier)
    {
        body.Text("the topic");
        if (hasIdentifier)
        {
            body.PacketIdentifier();
        }

        return isV5 ? PropertyRules.Check(ref body, PropertySet.Publish) : default;
    }

    private static PropertySet CheckSubscribe(ref BodyReader body, bool isV5)
    {
        body.PacketIdentifier();
        var properties = isV5 ? PropertyRules.Check(ref body, PropertySet.Subscribe) : default;
        body.Require(!body.IsAtEnd, Violation.Protocol("a SUBSCRIBE has no topic filter"));
        while (!body.IsAtEnd)
        {
            var isShared = body.Text("a topic filter").StartsWith("$share/"u8);
            var options = body.Byte("the subscription options");
            body.Require((options & (isV5 ? 0xC0 : 0xFC)) == 0, Violation.Malformed("reserved subscription options are set"));
            body.Require((options & 0x03) != 0x03, Violation.Protocol("a subscription asks for QoS 3"));
            body.Require((options & 0x30) != 0x30, Violation.Protocol("a subscription asks for retain handling 3"));
            body.Require(!isShared || (options & 0x04) == 0, Violation.Protocol("a shared subscription asks for no-local"));
        }

        return properties;
    }

    private static PropertySet CheckUnsubscribe(ref BodyReader body, bool isV5)
    {
        body.PacketIdentifier();
        var properties = isV5 ? PropertyRules.Check(ref body, PropertySet.Unsubscribe) : default;
        body.Require(!body.IsAtEnd, Violation.Protocol("an UNSUBSCRIBE has no topic filter"));
        while (!body.IsAtEnd)
        {
            body.Text("a topic filter");
        }

        return properties;
    }

    private static PropertySet CheckAcknowledgement(ref BodyReader body, bool isV5)
    {
        body.PacketIdentifier();
        return CheckReason(ref body, isV5, PropertySet.Acknowledgement);
    }

    private static PropertySet CheckReason(ref BodyReader body, bool isV5, PropertySet allowed)
    {
        if (!isV5 || body.IsAtEnd)
        {
            return default;
        }

        body.Byte("the reason code");
        return body.IsAtEnd ? default : PropertyRules.Check(ref body, allowed);
    }
}
