using MQTTnet.Formatter;

namespace IotMqtt.Broker.Wire;

/// <summary>What a CONNECT must look like (MQTT 5 and 3.1.1, section 3.1).</summary>
internal static class ConnectRules
{
    /// <summary>Reads protocol name and version, so that a refusal can be said in the peer's version.</summary>
    public static Violation? ReadVersion(ReadOnlySpan<byte> body, out MqttProtocolVersion version)
    {
        version = MqttProtocolVersion.Unknown;
        if (body.Length < 7 || !body.StartsWith("\0\u0004MQTT"u8))
        {
            return Violation.Malformed("the CONNECT does not name the protocol \"MQTT\"");
        }

        // The highest bit is a bridge's mark that Mosquitto sets with 3.1.1.
        version = body[6] switch
        {
            5 => MqttProtocolVersion.V500,
            4 or 0x84 => MqttProtocolVersion.V311,
            _ => MqttProtocolVersion.Unknown,
        };
        return version == MqttProtocolVersion.Unknown
            ? new Violation(UnsupportedVersion, $"protocol version {body[6]} is not supported; 4 (MQTT 3.1.1) and 5 are")
            : null;
    }

    /// <summary>A reason of CONNACK that DISCONNECT does not have.</summary>
    public const MQTTnet.Protocol.MqttDisconnectReasonCode UnsupportedVersion = (MQTTnet.Protocol.MqttDisconnectReasonCode)0x84;
}
