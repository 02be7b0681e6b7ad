using System.Text;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Tests.Values;

public sealed class PayloadTextTests
{
    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("null", "null")]
    [InlineData("on", "\"on\"")]
    [InlineData("\"on\"", "\"on\"")]
    [InlineData("21.50", "21.5")]
    [InlineData("{\"a\":[1]}", "{\"a\":[1]}")]
    [InlineData("{\"a\":NaN}", "\"{\\\"a\\\":NaN}\"")]
    [InlineData("{\"a\":1,\"a\":2}", "\"{\\\"a\\\":1,\\\"a\\\":2}\"")]
    [InlineData("1 2", "\"1 2\"")]
    [InlineData("1e999", "\"1e999\"")]
    [InlineData(" ", "\" \"")]
    public void A_payload_is_what_it_reads_as(string payload, string json) => Assert.Equal(json, PayloadText.Decode(Encoding.UTF8.GetBytes(payload)).ToJson());

    [Fact]
    public void Bytes_that_are_no_text_are_their_hexadecimal_digits() => Assert.Equal("{\"hex\":\"f00a\"}", PayloadText.Decode([0xF0, 0x0A]).ToJson());
}
