using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Wire;

/// <summary>What a CONNECT must look like (MQTT 5 and 3.1.1, section 3.1).</summary>
internal static class ConnectRules
{
    /// <summary>Reasons of CONNACK, which DISCONNECT does not have.</summary>
    private const MqttDisconnectReasonCode UnsupportedVersion = (MqttDisconnectReasonCode)0x84;

    private const MqttDisconnectReasonCode ClientIdNotValid = (MqttDisconnectReasonCode)0x85;

    /// <param name="bytes">The body.</param>
    /// <param name="version">The version in which to answer, a refusal included; unknown where that is no MQTT.</param>
    public static Violation? Check(ReadOnlySpan<byte> bytes, out MqttProtocolVersion version)
    {
        var body = new BodyReader(bytes);
        version = MqttProtocolVersion.Unknown;
        var name = body.Text("the protocol name");
        var level = body.Byte("the protocol version");
        if (body.Violation is not null || !name.SequenceEqual("MQTT"u8) && !name.SequenceEqual("MQIsdp"u8))
        {
            return body.Violation ?? Violation.Malformed("the CONNECT does not name the protocol \"MQTT\"");
        }

        // The highest bit is a bridge's mark that Mosquitto sets with 3.1.1.
        version = level < 5 || level >= 0x80 ? MqttProtocolVersion.V311 : MqttProtocolVersion.V500;
        if (level is not (4 or 5 or 0x84) || name.Length != 4)
        {
            return new Violation(UnsupportedVersion, $"protocol version {level} is not supported; 4 (MQTT 3.1.1) and 5 are");
        }

        CheckFields(ref body, version == MqttProtocolVersion.V500);
        body.RequireEnd("the CONNECT");
        return body.Violation;
    }

    private static void CheckFields(ref BodyReader body, bool isV5)
    {
        var flags = body.Byte("the connect flags");
        var (hasWill, hasPassword, hasUserName) = ((flags & 0x04) != 0, (flags & 0x40) != 0, (flags & 0x80) != 0);
        body.Require((flags & 0x01) == 0, Violation.Malformed("the reserved connect flag is set"));
        body.Require(hasWill ? (flags & 0x18) != 0x18 : (flags & 0x38) == 0, Violation.Malformed("the will flags contradict each other"));
        body.Require(isV5 || !hasPassword || hasUserName, Violation.Malformed("there is a password without a user name"));
        body.UInt16("the keep-alive");
        if (isV5)
        {
            var properties = PropertyRules.Check(ref body, PropertySet.Connect);
            body.Require(
                !properties.Has(PropertyId.AuthenticationData) || properties.Has(PropertyId.AuthenticationMethod),
                Violation.Protocol("there is authentication data without a method"));
        }

        var clientId = body.Text("the client id");
        body.Require(isV5 || clientId.Length > 0 || (flags & 0x02) != 0, new Violation(ClientIdNotValid, "a client without an id must ask for a clean session"));
        if (hasWill)
        {
            CheckWill(ref body, isV5);
        }

        if (hasUserName)
        {
            body.Text("the user name");
        }

        if (hasPassword)
        {
            body.Binary("the password");
        }
    }

    private static void CheckWill(ref BodyReader body, bool isV5)
    {
        if (isV5)
        {
            PropertyRules.Check(ref body, PropertySet.Will);
        }

        var topic = body.Text("the will topic");
        body.Require(
            topic.Length > 0 && topic.IndexOfAny((byte)'+', (byte)'#') < 0 && topic.Count((byte)'/') < Topics.TopicRules.MaxLevels,
            new Violation(MqttDisconnectReasonCode.TopicNameInvalid, "the will topic is no topic name"));
        body.Binary("the will payload");
    }
}
