using System.Text;
using CsCheck;
using IotMqtt.Protocol.Ids;

namespace IotMqtt.Protocol.Tests.Ids;

public sealed class IdsTests
{
    [Theory]
    [InlineData("light-7")]
    [InlineData("Gerät 1")]
    [InlineData("a$b")]
    [InlineData("日本")]
    public void A_device_id_is_one_level_of_a_topic(string text)
    {
        Assert.True(DeviceId.TryParse(text, out var id));
        Assert.Equal(text, id.ToString());
        Assert.Equal(DeviceId.Parse(text), id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("+")]
    [InlineData("a#")]
    [InlineData("$share")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\u0085b")]
    public void What_is_no_level_of_a_topic_is_no_device_id(string? text)
    {
        Assert.False(DeviceId.TryParse(text, out var id));
        Assert.True(id.IsEmpty);
    }

    [Fact]
    public void Half_a_character_is_refused()
    {
        Assert.True(DeviceId.TryParse("\ud83d\ude00", out _));
        Assert.False(DeviceId.TryParse("a\ud83d", out _));
        Assert.False(DeviceId.TryParse("\ude00a", out _));
    }

    [Fact]
    public void The_length_of_a_device_id_counts_in_UTF8()
    {
        Assert.True(DeviceId.TryParse(new string('é', 64), out _));
        Assert.False(DeviceId.TryParse(new string('é', 64) + "x", out _));
    }

    [Fact]
    public void Parse_says_what_is_allowed()
    {
        var exception = Assert.Throws<FormatException>(() => DeviceId.Parse("a/b"));

        Assert.Contains("'a/b' is not a device id", exception.Message, StringComparison.Ordinal);
        Assert.Contains("without /", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_a_device_id_accepts_survives_a_topic_and_its_bytes() => Gen.String.Sample(text =>
    {
        if (DeviceId.TryParse(text, out var id))
        {
            var level = Assert.Single($"root/{id}/status".Split('/')[1..^1]);
            Assert.Equal(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(level)));
        }
    });

    [Theory]
    [InlineData("run-2026.11:1_x", true)]
    [InlineData("", false)]
    [InlineData("ä", false)]
    [InlineData("a b", false)]
    public void Tokens_are_plain_ASCII(string text, bool valid)
    {
        Assert.Equal(valid, RunId.TryParse(text, out _));
        Assert.Equal(valid, Incarnation.TryParse(text, out _));
        Assert.Equal(valid, LedgerGeneration.TryParse(text, out _));
        Assert.Equal(valid, ModelHash.TryParse(text, out _));
    }

    [Fact]
    public void A_command_id_survives_its_bytes_and_its_text() => Gen.ULong.Select(Gen.ULong).Sample((high, low) =>
    {
        var id = new CommandId(new UInt128(high, low));

        Assert.True(CommandId.TryRead(id.ToArray(), out var fromBytes));
        Assert.Equal(id, fromBytes);
        Assert.Equal(id, CommandId.Parse(id.ToString()));
        Assert.Equal(32, id.ToString().Length);
    });

    [Theory]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdefg")]
    [InlineData("0123456789abcdef 123456789abcdef")]
    [InlineData("+123456789abcdef0123456789abcdef")]
    public void A_command_id_is_32_hexadecimal_digits(string text) => Assert.False(CommandId.TryParse(text, out _));

    [Theory]
    [InlineData("iotmqtt", true)]
    [InlineData("a/b/c", true)]
    [InlineData("a//b", false)]
    [InlineData("/a", false)]
    [InlineData("a/", false)]
    [InlineData("a/+", false)]
    [InlineData("$SYS", false)]
    [InlineData("", false)]
    public void A_root_topic_may_have_levels(string text, bool valid) => Assert.Equal(valid, RootTopic.TryParse(text, out _));

    [Fact]
    public void The_default_root_topic_is_iotmqtt()
    {
        Assert.Equal("iotmqtt", default(RootTopic).ToString());
        Assert.Equal(RootTopic.Default, RootTopic.Parse("iotmqtt"));
        Assert.Equal(default, RootTopic.Default);
    }

    [Theory]
    [InlineData("motion", true)]
    [InlineData("received/downlink", true)]
    [InlineData("a/b/c", false)]
    [InlineData("a/", false)]
    [InlineData("/a", false)]
    public void A_signal_has_one_level_or_two(string text, bool valid) => Assert.Equal(valid, SignalName.TryParse(text, out _));
}
