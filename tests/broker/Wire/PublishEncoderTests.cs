using System.Buffers;
using System.Text;
using CsCheck;
using IotMqtt.Broker.Delivery;
using IotMqtt.Broker.Wire;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Tests.Wire;

public sealed class PublishEncoderTests
{
    private static readonly Gen<string?> Text = Gen.OneOf(Gen.Const((string?)null), Gen.String[Gen.OneOf(Gen.Char['a', 'z'], Gen.Const('ü'), Gen.Const('€')), 1, 300]!);

    private static readonly Gen<MqttApplicationMessage> Message =
        Gen.Select(Text, Text, Gen.OneOf(Gen.Const((byte[]?)null), Gen.Byte.Array[0, 3_000]!), Gen.Select(Text, Text).Array[0, 5], Gen.Byte.Array[0, 300], Gen.Bool)
            .Select((contentType, responseTopic, correlation, properties, payload, isText) => new MqttApplicationMessage
            {
                Topic = responseTopic ?? "topic",
                ContentType = contentType,
                ResponseTopic = responseTopic,
                CorrelationData = correlation,
                PayloadSegment = payload,
                PayloadFormatIndicator = isText ? MqttPayloadFormatIndicator.CharacterData : MqttPayloadFormatIndicator.Unspecified,
                UserProperties = [.. properties.Select(pair => new MqttUserProperty(pair.Item1 ?? "", Encoding.UTF8.GetBytes(pair.Item2 ?? "")))],
            });

    [Fact]
    public void MQTTnet_reads_what_is_written_whatever_it_is() =>
        Gen.Select(Message, Gen.Int[0, 2], Gen.Bool, Gen.Bool, Gen.UInt[1, 268_435_455].Array[0, 600], Gen.Int[-1, 1_000]).Sample((message, qos, retain, isV5, identifiers, expiry) =>
        {
            var version = isV5 ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311;
            var outgoing = Outgoing(message, qos, retain, identifiers);
            var read = Read(version, outgoing, expiry < 0 ? null : (uint)expiry);

            Assert.Equal((message.Topic, qos, retain, qos > 0), (read.Topic, (int)read.QualityOfServiceLevel, read.Retain, read.Dup));
            Assert.Equal(qos == 0 ? 0 : 4711, read.PacketIdentifier);
            Assert.Equal(message.Payload.ToArray(), read.Payload.ToArray());
            if (isV5)
            {
                Assert.Equal(
                    (message.ContentType, message.ResponseTopic, message.PayloadFormatIndicator, (uint)Math.Max(0, expiry)),
                    (read.ContentType, read.ResponseTopic, read.PayloadFormatIndicator, read.MessageExpiryInterval));
                Assert.Equal(message.CorrelationData, read.CorrelationData);
                Assert.Equal(identifiers, read.SubscriptionIdentifiers ?? []);
                Assert.Equal(message.UserProperties, read.UserProperties ?? []);
            }
        }, iter: 2_000);

    [Theory]
    [InlineData(1_020)]
    [InlineData(2_044)]
    [InlineData(65_535)]
    public void Correlation_data_may_have_any_length(int length)
    {
        var message = new MqttApplicationMessage { Topic = "t", CorrelationData = new byte[length] };

        Assert.Equal(length, Read(MqttProtocolVersion.V500, Outgoing(message, 1, false, []), null).CorrelationData.Length);
    }

    private static OutgoingMessage Outgoing(MqttApplicationMessage message, int qos, bool retain, uint[] identifiers) =>
        new(new SharedMessage(message, null, new MemoryBudget(long.MaxValue)), (MqttQualityOfServiceLevel)qos, retain, identifiers)
        {
            PacketIdentifier = (ushort)(qos == 0 ? 0 : 4711),
        };

    private static MqttPublishPacket Read(MqttProtocolVersion version, OutgoingMessage outgoing, uint? expiry)
    {
        var output = new ArrayBufferWriter<byte>();
        var encoder = new PublishEncoder(version, outgoing, expiry);
        encoder.WriteHeadTo(output, isAgain: outgoing.PacketIdentifier != 0);
        output.Write(outgoing.Shared.Message.Payload.ToArray());
        Assert.Equal(encoder.Size, output.WrittenCount);
        Assert.True(FixedHeader.TryRead(new ReadOnlySequence<byte>(output.WrittenMemory), out var header, out _));
        Assert.Equal(output.WrittenCount, header.PacketLength);
        return Assert.IsType<MqttPublishPacket>(Codec.Decode(version, header, new ArraySegment<byte>(output.WrittenMemory.ToArray(), header.Length, header.BodyLength)));
    }
}
