using System.Buffers;
using IotMqtt.Broker.Wire;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Tests.Wire;

public sealed class PacketRulesTests
{
    public static TheoryData<string, int, string, MqttDisconnectReasonCode> Refused => new()
    {
        { "PUBLISH with QoS 3", 5, "36 05 00 01 61 00 01", MqttDisconnectReasonCode.MalformedPacket },
        { "PUBLISH with QoS 0 and DUP", 4, "38 03 00 01 61", MqttDisconnectReasonCode.MalformedPacket },
        { "PUBLISH with packet identifier 0", 4, "32 05 00 01 61 00 00", MqttDisconnectReasonCode.MalformedPacket },
        { "PUBLISH whose topic ends beyond it", 4, "30 03 00 09 61", MqttDisconnectReasonCode.MalformedPacket },
        { "PUBLISH whose topic is no UTF-8", 4, "30 04 00 02 c3 28", MqttDisconnectReasonCode.MalformedPacket },
        { "PUBLISH whose topic is a surrogate", 4, "30 05 00 03 ed a0 80", MqttDisconnectReasonCode.MalformedPacket },
        { "PUBLISH whose topic has U+0000", 4, "30 03 00 01 00", MqttDisconnectReasonCode.MalformedPacket },
        { "PUBLISH whose properties end beyond it", 5, "30 04 00 01 61 7f", MqttDisconnectReasonCode.MalformedPacket },
        { "PUBLISH whose property ends beyond its properties", 5, "30 08 00 01 61 02 02 00 00 00", MqttDisconnectReasonCode.MalformedPacket },
        { "PUBLISH with a property of CONNECT", 5, "30 09 00 01 61 05 11 00 00 00 01", MqttDisconnectReasonCode.MalformedPacket },
        { "PUBLISH with a subscription identifier", 5, "30 06 00 01 61 02 0b 01", MqttDisconnectReasonCode.MalformedPacket },
        { "PUBLISH with an unknown property", 5, "30 06 00 01 61 02 7e 01", MqttDisconnectReasonCode.MalformedPacket },
        { "PUBLISH with two response topics", 5, "30 0c 00 01 61 08 08 00 01 62 08 00 01 62", MqttDisconnectReasonCode.ProtocolError },
        { "PUBLISH with a wildcard in its response topic", 5, "30 08 00 01 61 04 08 00 01 23", MqttDisconnectReasonCode.ProtocolError },
        { "PUBLISH with payload format 2", 5, "30 06 00 01 61 02 01 02", MqttDisconnectReasonCode.ProtocolError },
        { "PUBLISH with topic alias 0", 5, "30 07 00 01 61 03 23 00 00", MqttDisconnectReasonCode.TopicAliasInvalid },
        { "PUBLISH whose user property is no UTF-8", 5, "30 0b 00 01 61 07 26 00 02 c3 28 00 00", MqttDisconnectReasonCode.MalformedPacket },
        { "PUBLISH whose response topic is no UTF-8", 5, "30 09 00 01 61 05 08 00 02 c3 28", MqttDisconnectReasonCode.MalformedPacket },
        { "PUBLISH whose content type is no UTF-8", 5, "30 09 00 01 61 05 03 00 02 c3 28", MqttDisconnectReasonCode.MalformedPacket },
        { "PUBLISH whose property length ends within a property", 5, "30 09 00 01 61 04 03 00 02 61 61", MqttDisconnectReasonCode.MalformedPacket },
        { "PUBLISH whose property length has five bytes", 5, "30 08 00 01 61 80 80 80 80 01", MqttDisconnectReasonCode.MalformedPacket },
        { "SUBSCRIBE whose filter is no UTF-8", 5, "82 08 00 01 00 00 02 c3 28 00", MqttDisconnectReasonCode.MalformedPacket },
        { "UNSUBSCRIBE whose filter is no UTF-8", 5, "a2 07 00 01 00 00 02 c3 28", MqttDisconnectReasonCode.MalformedPacket },
        { "UNSUBSCRIBE with flags 0", 5, "a0 06 00 01 00 00 01 61", MqttDisconnectReasonCode.MalformedPacket },
        { "DISCONNECT with flags", 5, "e1 00", MqttDisconnectReasonCode.MalformedPacket },
        { "PUBLISH with a property length in too many bytes", 5, "30 05 00 01 61 80 00", MqttDisconnectReasonCode.MalformedPacket },
        { "SUBSCRIBE with flags 0", 4, "80 06 00 01 00 01 61 00", MqttDisconnectReasonCode.MalformedPacket },
        { "SUBSCRIBE with packet identifier 0", 4, "82 06 00 00 00 01 61 00", MqttDisconnectReasonCode.MalformedPacket },
        { "SUBSCRIBE without a filter", 4, "82 02 00 01", MqttDisconnectReasonCode.ProtocolError },
        { "SUBSCRIBE without options", 4, "82 05 00 01 00 01 61", MqttDisconnectReasonCode.MalformedPacket },
        { "SUBSCRIBE with QoS 3", 4, "82 06 00 01 00 01 61 03", MqttDisconnectReasonCode.ProtocolError },
        { "3.1.1 SUBSCRIBE with options of MQTT 5", 4, "82 06 00 01 00 01 61 04", MqttDisconnectReasonCode.MalformedPacket },
        { "SUBSCRIBE with reserved options", 5, "82 07 00 01 00 00 01 61 40", MqttDisconnectReasonCode.MalformedPacket },
        { "SUBSCRIBE with retain handling 3", 5, "82 07 00 01 00 00 01 61 30", MqttDisconnectReasonCode.ProtocolError },
        { "SUBSCRIBE with subscription identifier 0", 5, "82 09 00 01 02 0b 00 00 01 61 00", MqttDisconnectReasonCode.ProtocolError },
        { "shared SUBSCRIBE with no-local", 5, "82 10 00 01 00 00 0a 24 73 68 61 72 65 2f 67 2f 61 04", MqttDisconnectReasonCode.ProtocolError },
        { "UNSUBSCRIBE without a filter", 5, "a2 03 00 01 00", MqttDisconnectReasonCode.ProtocolError },
        { "3.1.1 PUBACK with a reason", 4, "40 03 00 01 00", MqttDisconnectReasonCode.MalformedPacket },
        { "PUBACK with one byte", 5, "40 01 00", MqttDisconnectReasonCode.MalformedPacket },
        { "PUBREL with flags 0", 5, "60 02 00 01", MqttDisconnectReasonCode.MalformedPacket },
        { "PINGREQ with a body", 4, "c0 01 00", MqttDisconnectReasonCode.MalformedPacket },
        { "PINGREQ with flags", 4, "c1 00", MqttDisconnectReasonCode.MalformedPacket },
        { "3.1.1 DISCONNECT with a reason", 4, "e0 01 00", MqttDisconnectReasonCode.MalformedPacket },
        { "DISCONNECT with bytes left", 5, "e0 03 00 00 00", MqttDisconnectReasonCode.MalformedPacket },
        { "CONNACK from a client", 4, "20 02 00 00", MqttDisconnectReasonCode.ProtocolError },
        { "packet type 0", 4, "00 00", MqttDisconnectReasonCode.ProtocolError },
        { "AUTH in 3.1.1", 4, "f0 00", MqttDisconnectReasonCode.ProtocolError },
        { "AUTH with flags", 5, "f1 00", MqttDisconnectReasonCode.MalformedPacket },
        { "AUTH without a method", 5, "f0 00", MqttDisconnectReasonCode.ProtocolError },
        { "a second CONNECT", 5, "10 00", MqttDisconnectReasonCode.ProtocolError },
    };

    public static TheoryData<string, int, string> Accepted => new()
    {
        { "PUBLISH", 4, "30 03 00 01 61" },
        { "PUBLISH with QoS 2, DUP and retain", 4, "3d 05 00 01 61 00 01" },
        { "PUBLISH with two user properties", 5, "30 12 00 01 61 0e 26 00 01 61 00 01 62 26 00 01 61 00 01 62" },
        { "PUBLISH with bytes that are no properties", 5, "30 06 00 01 61 00 ff ff" },
        { "SUBSCRIBE", 4, "82 06 00 01 00 01 61 02" },
        { "SUBSCRIBE with all options", 5, "82 09 00 01 02 0b 05 00 01 61 2e" },
        { "UNSUBSCRIBE", 5, "a2 06 00 01 00 00 01 61" },
        { "PUBACK", 4, "40 02 00 01" },
        { "PUBACK with a reason", 5, "40 03 00 01 10" },
        { "PUBACK with a reason and no properties", 5, "40 04 00 01 10 00" },
        { "PINGREQ", 5, "c0 00" },
        { "DISCONNECT", 4, "e0 00" },
        { "DISCONNECT with a reason", 5, "e0 01 04" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_packet_that_breaks_a_rule_is_refused_with_the_reason_that_the_specification_has_for_it(
        string what, int version, string packet, MqttDisconnectReasonCode reason)
    {
        var violation = Check(version, packet);

        Assert.True(violation is not null, $"{what} was accepted");
        Assert.Equal(reason, violation.Reason);
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_packet_that_breaks_none_is_accepted(string what, int version, string packet) =>
        Assert.True(Check(version, packet) is null, $"{what}: {Check(version, packet)?.Message}");

    private static Violation? Check(int level, string packet)
    {
        var version = level == 5 ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311;
        var bytes = Convert.FromHexString(packet.Replace(" ", ""));
        Assert.True(FixedHeader.TryRead(new ReadOnlySequence<byte>(bytes), out var header, out _));
        Assert.Equal(bytes.Length, header.PacketLength);
        return PacketRules.CheckHeader(version, header) ?? PacketRules.CheckBody(version, header, bytes.AsSpan(header.Length), out _);
    }
}
