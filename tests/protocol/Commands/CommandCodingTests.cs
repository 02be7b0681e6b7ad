using System.Text;
using CsCheck;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Protocol.Tests.Commands;

public sealed class CommandCodingTests
{
    private static readonly CommandMessage Full = new()
    {
        Device = DeviceId.Parse("speaker"),
        Command = CommandName.Parse("play"),
        Arguments = JsonText.Parse("""{"song":"x"}"""),
        ResponseTopic = "iotmqtt/clients/c/ack/speaker",
        Correlation = CorrelationData.From(new CommandId(7)),
        Budget = TimeSpan.FromMilliseconds(2500),
        Run = RunId.Parse("r1"),
        Step = "steps/0/1",
        Attempt = 2,
        Epoch = 3,
        TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        Acks = AcknowledgementPhases.Accepted | AcknowledgementPhases.Running,
    };

    [Fact]
    public void What_is_encoded_is_decoded()
    {
        var decoded = Decode(Receive(CommandEncoder.Encode(Topics.Default, Full)));

        Assert.Null(decoded.Fault);
        Assert.Equal(Full, decoded.Command);
        Assert.Equal(Full.ReplyTo, decoded.ReplyTo);
    }

    [Fact]
    public void A_plain_command_needs_nothing_but_its_topic()
    {
        var decoded = Decode(new IncomingMessage { Topic = "iotmqtt/devices/toilet/cmd/flush" });

        Assert.Equal(new CommandMessage { Device = DeviceId.Parse("toilet"), Command = CommandName.Parse("flush") }, decoded.Command);
        Assert.Equal("{}", decoded.Command!.Arguments.ToString());
        Assert.Null(decoded.ReplyTo);
    }

    [Fact]
    public void A_command_is_at_least_once_and_not_retained()
    {
        var message = CommandEncoder.Encode(Topics.Default, Full);

        Assert.Equal("iotmqtt/devices/speaker/cmd/play", message.Topic);
        Assert.Equal(QualityOfService.AtLeastOnce, message.QualityOfService);
        Assert.False(message.Retain);
        Assert.Equal(3u, message.ExpirySeconds);
        Assert.Contains(UserProperty.Of("budget-ms", "2500"), message.UserProperties!);
        Assert.Contains(UserProperty.Of("acks", "accepted,running"), message.UserProperties!);
    }

    [Theory]
    [InlineData(0, 1u)]
    [InlineData(1, 1u)]
    [InlineData(999, 1u)]
    [InlineData(1000, 1u)]
    [InlineData(1001, 2u)]
    [InlineData(-5, 1u)]
    public void Expiry_is_rounded_up_and_never_0(int milliseconds, uint seconds) =>
        Assert.Equal(seconds, MessageExpiry.SecondsFor(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void Expiry_never_ends_before_the_budget() => Gen.Long[1, TimeSpan.TicksPerDay * 1000].Sample(ticks =>
    {
        var seconds = MessageExpiry.SecondsFor(new TimeSpan(ticks));
        Assert.InRange(TimeSpan.FromSeconds(seconds) - new TimeSpan(ticks), TimeSpan.Zero, TimeSpan.FromSeconds(1) - new TimeSpan(1));
    });

    [Fact]
    public void Expiry_of_an_endless_budget_is_as_long_as_it_can_be() => Assert.Equal(uint.MaxValue, MessageExpiry.SecondsFor(TimeSpan.MaxValue));

    [Theory]
    [InlineData("[1]")]
    [InlineData("nonsense")]
    [InlineData("{\"a\":")]
    public void A_payload_that_is_no_object_is_answered(string payload)
    {
        var decoded = Decode(Receive(CommandEncoder.Encode(Topics.Default, Full)) with { Payload = Encoding.UTF8.GetBytes(payload) });

        Assert.False(decoded.IsCommand);
        Assert.Contains("JSON object", decoded.Fault, StringComparison.Ordinal);
        Assert.Equal(Full.ReplyTo, decoded.ReplyTo);
    }

    [Theory]
    [InlineData("budget-ms", "0")]
    [InlineData("budget-ms", "1.5")]
    [InlineData("budget-ms", "99999999999999999")]
    [InlineData("budget-ms", "")]
    [InlineData("run", "a b")]
    [InlineData("attempt", "-1")]
    [InlineData("attempt", "2147483648")]
    [InlineData("epoch", "x")]
    [InlineData("acks", "accepted,done")]
    [InlineData("acks", "")]
    public void A_malformed_property_is_named(string name, string value)
    {
        var message = Receive(CommandEncoder.Encode(Topics.Default, Full)) with { UserProperties = [UserProperty.Of(name, value)] };

        var decoded = Decode(message);

        Assert.Contains(name, decoded.Fault, StringComparison.Ordinal);
        Assert.NotNull(decoded.ReplyTo);
    }

    [Fact]
    public void A_property_that_is_not_UTF8_or_too_long_is_malformed()
    {
        var message = Receive(CommandEncoder.Encode(Topics.Default, Full));

        Assert.NotNull(Decode(message with { UserProperties = [new UserProperty("step", new byte[] { 0xFF })] }).Fault);
        Assert.NotNull(Decode(message with { UserProperties = [UserProperty.Of("traceparent", new string('x', 513))] }).Fault);
        Assert.Null(Decode(message with { UserProperties = [UserProperty.Of("unheard-of", new string('x', 5000))] }).Fault);
    }

    [Theory]
    [InlineData("iotmqtt/devices/other/cmd/explode")]
    [InlineData("answers/+")]
    public void Who_asks_to_be_answered_where_he_may_not_is_refused_and_not_answered(string responseTopic)
    {
        var decoded = Decode(Receive(CommandEncoder.Encode(Topics.Default, Full)) with { ResponseTopic = responseTopic });

        Assert.False(decoded.IsCommand);
        Assert.Null(decoded.ReplyTo);
        Assert.Contains("response topic", decoded.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Correlation_data_is_bounded()
    {
        var decoded = Decode(Receive(CommandEncoder.Encode(Topics.Default, Full)) with { CorrelationData = new byte[65] });

        Assert.Contains("64 bytes", decoded.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_of_a_run_needs_an_id()
    {
        var decoded = Decode(Receive(CommandEncoder.Encode(Topics.Default, Full)) with { CorrelationData = new byte[] { 1 } });

        Assert.Contains("16 bytes", decoded.Fault, StringComparison.Ordinal);
        Assert.NotNull(decoded.ReplyTo);
    }

    [Fact]
    public void Whatever_comes_decoding_never_throws()
    {
        var names = Gen.OneOf("budget-ms", "run", "step", "attempt", "epoch", "traceparent", "acks", "x");
        Gen.Select(Gen.Byte.Array[0, 30], names, Gen.Byte.Array[0, 30], Gen.String).Sample((payload, name, value, topic) => Decode(new IncomingMessage
        {
            Topic = "iotmqtt/devices/a/cmd/b",
            Payload = payload,
            ResponseTopic = topic,
            CorrelationData = value,
            UserProperties = [new UserProperty(name, value)],
        }));
    }

    [Fact]
    public void An_acknowledgement_goes_where_it_was_asked_for()
    {
        var message = CommandEncoder.Encode(Full.ReplyTo!.Value, new Acknowledgement { Status = AcknowledgementStatus.Accepted });

        Assert.Equal(Full.ResponseTopic, message.Topic);
        Assert.Equal(Full.Correlation.Bytes, message.CorrelationData);
        Assert.Equal("""{"status":"accepted"}""", Encoding.UTF8.GetString(message.Payload.Span));
    }

    private static DecodedCommand Decode(IncomingMessage message)
    {
        Assert.True(Topics.Default.TryParse(message.Topic, out var address));
        return CommandDecoder.Decode(Topics.Default, address, message);
    }

    private static IncomingMessage Receive(OutgoingMessage message) => new()
    {
        Topic = message.Topic,
        Payload = message.Payload,
        ResponseTopic = message.ResponseTopic,
        CorrelationData = message.CorrelationData,
        ExpirySeconds = message.ExpirySeconds,
        UserProperties = message.UserProperties ?? [],
    };
}
