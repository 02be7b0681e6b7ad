using MQTTnet.Protocol;

namespace IotMqtt.Broker.Wire;

/// <summary>What a peer did that the specification forbids, with the reason code that MQTT 5 has for it.</summary>
internal sealed record Violation(MqttDisconnectReasonCode Reason, string Message)
{
    public static Violation Malformed(string message) => new(MqttDisconnectReasonCode.MalformedPacket, message);

    public static Violation Protocol(string message) => new(MqttDisconnectReasonCode.ProtocolError, message);
}
