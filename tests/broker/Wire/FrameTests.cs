using System.Buffers;
using System.IO.Pipelines;
using CsCheck;
using IotMqtt.Broker.Tests.Support;
using IotMqtt.Broker.Wire;
using IotMqtt.Testing;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace IotMqtt.Broker.Tests.Wire;

public sealed class FrameTests
{
    private static readonly byte[][] Valid =
    [
        Packets.Packet(0x3D, [.. Packets.Text("a/b"), 0, 1, 16, 0x26, .. Packets.Text("k"), .. Packets.Text("v"), 0x08, .. Packets.Text("r"), 0x09, 0, 2, 1, 2, 1, 2, 3]),
        Packets.Packet(0x82, [0, 1, 2, 0x0B, 5, .. Packets.Text("a/#"), 0x2E, .. Packets.Text("b"), 0]),
        Packets.Packet(0xA2, [0, 1, 0, .. Packets.Text("a/#")]),
        Packets.Packet(0x40, [0, 1, 0x10, 0]),
        Packets.Packet(0x62, [0, 1]),
        Packets.Packet(0xE0, [0x04, 5, 0x11, 0, 0, 0, 9]),
        [0xC0, 0],
    ];

    [Fact]
    public void What_the_rules_accept_the_codec_decodes_whatever_bytes_are_changed() =>
        Gen.Select(Gen.OneOf([.. Valid.Select(Gen.Const)]), Gen.Select(Gen.Int[0, 40], Gen.Byte).Array[0, 4], Gen.Bool).Sample((valid, changes, isV5) =>
        {
            var bytes = valid.ToArray();
            foreach (var (at, value) in changes)
            {
                bytes[at % bytes.Length] = value;
            }

            var version = isV5 ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311;
            if (FixedHeader.TryRead(new ReadOnlySequence<byte>(bytes), out var header, out _)
                && header.PacketLength == bytes.Length
                && PacketRules.CheckHeader(version, header) is null
                && PacketRules.CheckBody(version, header, bytes.AsSpan(header.Length), out _) is null)
            {
                Assert.NotNull(Codec.Decode(version, header, new ArraySegment<byte>(bytes, header.Length, header.BodyLength)));
            }
        }, iter: 20_000);

    [Fact]
    public Task Packets_are_the_same_however_the_stream_is_cut() =>
        Gen.Select(Gen.Int[0, Valid.Length - 2].Array[1, 6], Gen.Int[1, 20]).SampleAsync(async (which, size) =>
        {
            var pipe = new Pipe(new PipeOptions(minimumSegmentSize: 1));
            byte[] all = [.. Packets.Connect("c"), .. which.SelectMany(i => Valid[i])];
            foreach (var part in all.Chunk(size))
            {
                await pipe.Writer.WriteAsync(part);
            }

            await pipe.Writer.CompleteAsync();
            var reader = new FrameReader(pipe.Reader) { MaxPacketSize = 1000 };

            Assert.IsType<MqttConnectPacket>((await reader.ReadAsync()).Packet);
            foreach (var i in which)
            {
                var inbound = await reader.ReadAsync();
                Assert.True(inbound.Packet is not null, inbound.Violation?.Message);
                Assert.Equal(Valid[i][0] >> 4, TypeOf(inbound.Packet));
            }

            Assert.True((await reader.ReadAsync()).IsEnd);
            Assert.Equal(all.Length, reader.BytesRead);
        }, iter: 200);

    [Fact]
    public async Task Half_a_packet_at_the_end_is_the_end()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Packets.Connect("c").AsMemory(0, 7), TestContext.Current.CancellationToken);
        await pipe.Writer.CompleteAsync();

        var reader = new FrameReader(pipe.Reader) { MaxPacketSize = 1000 };
        var token = TestContext.Current.CancellationToken;

        // On a thread of its own: what this is about is a reader that never returns.
        var inbound = await Eventually.Async("it is seen", Task.Run(() => reader.ReadAsync().AsTask(), token), token);

        Assert.True(inbound.IsEnd);
    }

    private static int TypeOf(MqttPacket packet) => packet switch
    {
        MqttPublishPacket => 3,
        MqttPubAckPacket => 4,
        MqttPubRelPacket => 6,
        MqttSubscribePacket => 8,
        MqttUnsubscribePacket => 10,
        MqttDisconnectPacket => 14,
        _ => 0,
    };
}
