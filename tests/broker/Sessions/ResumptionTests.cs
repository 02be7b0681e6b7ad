using IotMqtt.Broker.Tests.Support;
using MQTTnet;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Tests.Sessions;

/// <summary>What a client that comes back to its session gets, packet by packet (MQTT 5, section 4.4; 3.1.1, section 4.4).</summary>
public sealed class ResumptionTests : BrokerTest
{
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Unacknowledged_messages_come_again_as_duplicates_with_their_identifiers(byte version)
    {
        var first = await SubscribedAsync(version);
        var publisher = await ConnectAsync("publisher");
        await publisher.PublishAsync("t", "0");
        await publisher.PublishAsync("t", "1", MqttQualityOfServiceLevel.ExactlyOnce);
        await publisher.PublishAsync("t", "2");
        var sent = new[] { await first.ReceivePacketAsync(), await first.ReceivePacketAsync(), await first.ReceivePacketAsync() };
        await first.SendAsync([0x40, 2, .. Identifier(sent[2])]);
        await GoAsync(first);
        await publisher.PublishAsync("t", "3");

        var second = await BackAsync(version);

        var again = new[] { await second.ReceivePacketAsync(), await second.ReceivePacketAsync(), await second.ReceivePacketAsync() };
        Assert.Equal([0x3A, 0x3C, 0x32], again.Select(packet => packet[0]));
        Assert.Equal(Identifier(sent[0]), Identifier(again[0]));
        Assert.Equal(Identifier(sent[1]), Identifier(again[1]));
        Assert.Equal("3", System.Text.Encoding.UTF8.GetString(again[2].AsSpan(version == 5 ? 8 : 7)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task After_PUBREC_comes_PUBREL_and_never_the_message_again(byte version)
    {
        var first = await SubscribedAsync(version);
        var publisher = await ConnectAsync("publisher");
        await publisher.PublishAsync("t", "once", MqttQualityOfServiceLevel.ExactlyOnce);
        var identifier = Identifier(await first.ReceivePacketAsync());
        await first.SendAsync([0x50, 2, .. identifier]);
        Assert.Equal([0x62, 2, .. identifier], await first.ReceivePacketAsync());
        await GoAsync(first);

        var second = await BackAsync(version);

        Assert.Equal([0x62, 2, .. identifier], await second.ReceivePacketAsync());
        await second.SendAsync([0x70, 2, .. identifier]);
        await second.SendAsync(0xC0, 0);
        Assert.Equal([0xD0, 0], await second.ReceivePacketAsync());
        await GoAsync(second);
        var third = await BackAsync(version);
        await third.SendAsync(0xC0, 0);
        Assert.Equal([0xD0, 0], await third.ReceivePacketAsync());
    }

    [Fact]
    public async Task A_message_of_QoS_2_that_is_sent_again_after_a_return_is_not_routed_twice()
    {
        var subscriber = await ConnectAsync("subscriber");
        await subscriber.SubscribeAsync("up");
        var first = Raw();
        await first.SendAsync(Kept(5));
        await first.ReceivePacketAsync();
        await first.SendAsync(Packets.Packet(0x34, [.. Packets.Text("up"), 0, 9, 0, (byte)'x']));
        Assert.Equal([0x50, 2, 0, 9], await first.ReceivePacketAsync());
        await GoAsync(first);

        var second = await BackAsync(5);
        await second.SendAsync(Packets.Packet(0x3C, [.. Packets.Text("up"), 0, 9, 0, (byte)'x']));
        Assert.Equal([0x50, 2, 0, 9], await second.ReceivePacketAsync());
        await second.SendAsync(0x62, 2, 0, 9);
        Assert.Equal([0x70, 2, 0, 9], await second.ReceivePacketAsync());

        Assert.Equal("x", await subscriber.NextAsync("up"));
        await subscriber.NothingMoreAsync();
    }

    [Theory]
    [InlineData(4, "62 02 00 07", "70 02 00 07")]
    [InlineData(5, "62 02 00 07", "70 04 00 07 92 00")]
    [InlineData(5, "50 02 00 07", "62 04 00 07 92 00")]
    public async Task An_identifier_that_is_not_known_is_answered_as_such(byte version, string packet, string answer)
    {
        var peer = Raw();
        await peer.ConnectAsync("peer", version);

        await peer.SendAsync(Convert.FromHexString(packet.Replace(" ", "")));

        Assert.Equal(answer, string.Join(' ', (await peer.ReceivePacketAsync()).Select(part => part.ToString("x2"))));
    }

    [Fact]
    public async Task More_QoS_2_messages_than_the_receive_maximum_end_the_connection()
    {
        var peer = Raw();
        await peer.ConnectAsync("peer");
        for (var i = 1; i <= Options.MaxInFlight; i++)
        {
            await peer.SendAsync(Message(i));
            Assert.Equal(0x50, (await peer.ReceivePacketAsync())[0]);
        }

        await peer.SendAsync(Message(Options.MaxInFlight + 1));

        var farewell = await peer.UntilClosedAsync();
        Assert.Equal([0xE0, 0x93], [farewell[0], farewell[2]]);

        static byte[] Message(int identifier) => Packets.Packet(0x34, [.. Packets.Text("t"), (byte)(identifier >> 8), (byte)identifier, 0]);
    }

    [Fact]
    public async Task A_clean_session_of_3_1_1_that_is_taken_over_is_not_inherited()
    {
        var clean = Raw();
        await clean.ConnectAsync("c", version: 4);
        await clean.SendAsync(Packets.Packet(0x82, [0, 1, .. Packets.Text("t"), 1]));
        await clean.ReceivePacketAsync();

        var kept = Raw();
        await kept.SendAsync(Packets.Connect("c", version: 4, clean: false));

        Assert.Equal([0x20, 2, 0, 0], await kept.ReceivePacketAsync());
        Assert.Empty(await clean.UntilClosedAsync());
        var publisher = await ConnectAsync("publisher");
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, (await publisher.PublishAsync("t", "x")).ReasonCode);
        await kept.SendAsync(Packets.Packet(0x82, [0, 1, .. Packets.Text("t"), 1]));
        await kept.ReceivePacketAsync();
        await GoAsync(kept);
        Assert.Equal(MqttClientPublishReasonCode.Success, (await publisher.PublishAsync("t", "x")).ReasonCode);
    }

    private async Task<RawClient> SubscribedAsync(byte version)
    {
        var client = Raw();
        await client.SendAsync(Kept(version));
        Assert.Equal(0x20, (await client.ReceivePacketAsync())[0]);
        await client.SendAsync(Packets.Packet(0x82, [0, 1, .. version == 5 ? new byte[] { 0 } : [], .. Packets.Text("t"), 2]));
        Assert.Equal(0x90, (await client.ReceivePacketAsync())[0]);
        return client;
    }

    private async Task<RawClient> BackAsync(byte version)
    {
        var client = Raw();
        await client.SendAsync(Kept(version));
        var accepted = await client.ReceivePacketAsync();
        Assert.Equal((0x20, 1), (accepted[0], accepted[2]));
        return client;
    }

    private async Task GoAsync(RawClient client)
    {
        var before = Broker.OpenConnections;
        await client.DisposeAsync();
        await IotMqtt.Testing.Eventually.Async("the broker has seen it go", () => Broker.OpenConnections < before, Token);
    }

    private static byte[] Kept(byte version) => version == 5
        ? Packets.Packet(0x10, [.. Packets.Text("MQTT"), 5, 0, 0, 0, 5, 0x11, 0, 0, 0, 60, .. Packets.Text("kept")])
        : Packets.Connect("kept", version: 4, clean: false);

    private static byte[] Identifier(byte[] publish) => publish[5..7];
}
