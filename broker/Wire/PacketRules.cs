using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Wire;

/// <summary>What must hold of a packet before it is decoded: MQTTnet's codec checks little of it.</summary>
internal static class PacketRules
{
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
        MqttControlPacketType.Auth when version == MqttProtocolVersion.V500 => Violation.Protocol("an AUTH came, but no authentication method was agreed"),
        MqttControlPacketType.Connect => Violation.Protocol("a second CONNECT came"),
        _ => Violation.Protocol($"a client does not send packets of type {(int)header.Type}"),
    };
}
