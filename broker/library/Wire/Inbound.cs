using MQTTnet.Packets;

namespace IotMqtt.Broker.Wire;

/// <summary>What reading came to: a packet, a violation, the end, or (none of these) an interruption.</summary>
internal readonly record struct Inbound(
    MqttPacket? Packet = null, PropertySet Properties = default, Violation? Violation = null, bool IsEnd = false)
{
    public static Inbound End => new(IsEnd: true);

    public static Inbound Interrupted => default;
}
