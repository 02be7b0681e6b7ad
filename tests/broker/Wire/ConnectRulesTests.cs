using IotMqtt.Broker.Wire;
using MQTTnet.Formatter;

namespace IotMqtt.Broker.Tests.Wire;

public sealed class ConnectRulesTests
{
    [Theory]
    [InlineData("no protocol name", "")]
    [InlineData("another protocol", "00 04 48 54 54 50 05 02 00 00 00 00 00")]
    [InlineData("MQTT 3.1", "00 06 4d 51 49 73 64 70 03 02 00 00 00 01 61")]
    [InlineData("MQTT 6", "00 04 4d 51 54 54 06 02 00 00 00 00 00")]
    [InlineData("the reserved flag", "00 04 4d 51 54 54 04 03 00 00 00 01 61")]
    [InlineData("a will QoS without a will", "00 04 4d 51 54 54 04 0a 00 00 00 01 61")]
    [InlineData("will QoS 3", "00 04 4d 51 54 54 04 1e 00 00 00 01 61 00 01 77 00 00")]
    [InlineData("a will topic with a wildcard", "00 04 4d 51 54 54 04 06 00 00 00 01 61 00 01 23 00 00")]
    [InlineData("an empty will topic", "00 04 4d 51 54 54 04 06 00 00 00 01 61 00 00 00 00")]
    [InlineData("3.1.1: a password without a user name", "00 04 4d 51 54 54 04 42 00 00 00 01 61 00 01 70")]
    [InlineData("3.1.1: no client id and no clean session", "00 04 4d 51 54 54 04 00 00 00 00 00")]
    [InlineData("a user name that is not there", "00 04 4d 51 54 54 04 82 00 00 00 01 61")]
    [InlineData("bytes after the last field", "00 04 4d 51 54 54 04 02 00 00 00 01 61 00")]
    [InlineData("will retain without a will", "00 04 4d 51 54 54 04 22 00 00 00 01 61")]
    [InlineData("a will flag without a will", "00 04 4d 51 54 54 04 06 00 00 00 01 61")]
    [InlineData("a will topic that is no UTF-8", "00 04 4d 51 54 54 04 06 00 00 00 01 61 00 02 c3 28 00 00")]
    [InlineData("no client id", "00 04 4d 51 54 54 04 02 00 00")]
    [InlineData("a client id that is no UTF-8", "00 04 4d 51 54 54 04 02 00 00 00 02 c3 28")]
    [InlineData("a client id with U+0000", "00 04 4d 51 54 54 04 02 00 00 00 01 00")]
    [InlineData("a user name that is no UTF-8", "00 04 4d 51 54 54 04 82 00 00 00 01 61 00 02 c3 28")]
    [InlineData("a user name without its flag", "00 04 4d 51 54 54 05 02 00 00 00 00 01 61 00 01 75")]
    [InlineData("5: a password that is not there", "00 04 4d 51 54 54 05 42 00 00 00 00 01 61")]
    [InlineData("a property length that ends beyond the packet", "00 04 4d 51 54 54 05 02 00 00 7f 00 01 61")]
    [InlineData("receive maximum 0", "00 04 4d 51 54 54 05 02 00 00 03 21 00 00 00 01 61")]
    [InlineData("a property twice", "00 04 4d 51 54 54 05 02 00 00 06 21 00 01 21 00 01 00 01 61")]
    [InlineData("authentication data without a method", "00 04 4d 51 54 54 05 02 00 00 04 16 00 01 00 00 01 61")]
    public void A_CONNECT_that_breaks_a_rule_is_refused(string what, string body) =>
        Assert.True(ConnectRules.Check(Bytes(body), out _) is not null, $"{what} was accepted");

    [Theory]
    [InlineData("3.1.1", "00 04 4d 51 54 54 04 02 00 3c 00 01 61", MqttProtocolVersion.V311)]
    [InlineData("3.1.1 of a bridge", "00 04 4d 51 54 54 84 02 00 3c 00 01 61", MqttProtocolVersion.V311)]
    [InlineData("5 without a client id", "00 04 4d 51 54 54 05 00 00 3c 00 00 00", MqttProtocolVersion.V500)]
    [InlineData("5: a password without a user name", "00 04 4d 51 54 54 05 42 00 3c 00 00 00 00 01 70", MqttProtocolVersion.V500)]
    [InlineData("5 with a will", "00 04 4d 51 54 54 05 2e 00 3c 00 00 01 61 05 18 00 00 00 01 00 01 77 00 01 78", MqttProtocolVersion.V500)]
    public void A_CONNECT_that_breaks_none_is_accepted(string what, string body, MqttProtocolVersion expected)
    {
        var violation = ConnectRules.Check(Bytes(body), out var version);

        Assert.True(violation is null, $"{what}: {violation?.Message}");
        Assert.Equal(expected, version);
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", ""));
}
