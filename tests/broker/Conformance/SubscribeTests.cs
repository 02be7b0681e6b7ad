using IotMqtt.Broker.Tests.Support;

namespace IotMqtt.Broker.Tests.Conformance;

/// <summary>SUBSCRIBE, UNSUBSCRIBE and what follows from them (MQTT 5, sections 3.8 to 3.11, 4.7, 4.8).</summary>
public sealed class SubscribeTests : ConformanceTest
{
    [Fact]
    public async Task A_subscription_to_the_same_filter_replaces_the_one_before()
    {
        var peer = await PeerAsync("peer");
        await SubscribeAsync(peer, "t", options: 2);
        await SubscribeAsync(peer, "t", options: 0);
        var sender = await PeerAsync("sender");

        await sender.SendAsync(Packets.Publish("t", "x", qos: 2));

        await ExpectAsync(peer, Packets.Publish("t", "x"));
        await ExpectNothingAsync(peer);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_message_comes_with_the_lesser_of_its_quality_of_service_and_the_granted_one(int granted)
    {
        foreach (var filter in new[] { "t", "$share/g/t" })
        {
            var peer = await PeerAsync($"peer{granted}{filter.Length}");
            await SubscribeAsync(peer, filter, options: (byte)granted);
            var sender = await PeerAsync("sender");
            for (var qos = 0; qos <= 2; qos++)
            {
                await sender.SendAsync(Packets.Publish("t", $"{qos}", qos, identifier: (ushort)(qos + 1)));
                Assert.Equal(Math.Min(qos, granted), ((await peer.ReceivePacketAsync())[0] >> 1) & 3);
            }

            await VanishAsync(peer);
        }
    }

    [Fact]
    public async Task Filters_are_compared_as_they_are_written()
    {
        var peer = await PeerAsync("peer");
        await SubscribeAsync(peer, "caf\u00e9", options: 0);
        await SubscribeAsync(peer, "+/x", options: 0);
        var sender = await PeerAsync("sender");
        await sender.SendAsync(Packets.Publish("cafe\u0301", "decomposed"));
        await sender.SendAsync(Packets.Publish("CAF\u00c9", "upper"));
        await sender.SendAsync(Packets.Publish("caf\u00e9", "the same"));
        await ExpectAsync(peer, Packets.Publish("caf\u00e9", "the same"));

        // A filter is not what it matches, and there is an answer for each in their order.
        await peer.SendAsync(Packets.Packet(0xA2, [0, 9, 0, .. Packets.Text("a/x"), .. Packets.Text("+/x"), .. Packets.Text("cafe\u0301")]));
        await ExpectAsync(peer, [0xB0, 6, 0, 9, 0, 0x11, 0x00, 0x11]);
        await sender.SendAsync(Packets.Publish("a/x", "no more"));
        await ExpectNothingAsync(sender);
        await ExpectNothingAsync(peer);
    }

    [Fact]
    public async Task What_is_on_its_way_at_an_UNSUBSCRIBE_is_completed()
    {
        var peer = await PeerAsync("peer", [0x21, 0, 1]);
        await SubscribeAsync(peer, "t");
        var sender = await PeerAsync("sender");
        await sender.SendAsync(Packets.Publish("t", "x", qos: 2));
        await ExpectAsync(peer, Packets.Publish("t", "x", qos: 2, identifier: 1));

        await peer.SendAsync(Packets.Packet(0xA2, [0, 2, 0, .. Packets.Text("t")]));
        await ExpectAsync(peer, [0xB0, 4, 0, 2, 0, 0]);
        await peer.SendAsync(0x50, 2, 0, 1);
        await ExpectAsync(peer, [0x62, 2, 0, 1]);
        await peer.SendAsync(0x70, 2, 0, 1);
        await ExpectNothingAsync(peer);
    }

    [Theory]
    [InlineData("$share/g/", 0x8F)]
    [InlineData("$share//t", 0x8F)]
    [InlineData("$share/+/t", 0x8F)]
    [InlineData("$share/g", 0x8F)]
    [InlineData("$share/g/a/#/b", 0x8F)]
    [InlineData("a#", 0x8F)]
    [InlineData("", 0x8F)]
    [InlineData("$share/g/a", 0)]
    public async Task A_filter_that_is_none_is_answered_as_such(string filter, byte reason)
    {
        var peer = await PeerAsync("peer");
        await peer.SendAsync(Packets.Subscribe(filter, 0));

        await ExpectAsync(peer, [0x90, 4, 0, 1, 0, reason]);
    }

    [Fact]
    public async Task Subscribing_again_brings_the_retained_messages_again_and_loses_none_that_are_live()
    {
        var sender = await PeerAsync("sender");
        await sender.SendAsync(Packets.Publish("r", "kept", retain: true));
        var peer = await PeerAsync("peer");
        for (var i = 0; i < 50; i++)
        {
            await sender.SendAsync(Packets.Publish("r", $"{i}", qos: 1, identifier: (ushort)(i + 1)));
            await peer.SendAsync(Packets.Subscribe("r", 1, identifier: (ushort)(i + 1)));
        }

        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(0x40, (await sender.ReceivePacketAsync())[0]);
        }

        var (retained, live) = (0, new List<string>());
        for (var isOver = false; !isOver;)
        {
            var packet = await peer.ReceivePacketAsync();
            if (packet[0] >> 4 == 3)
            {
                var payload = System.Text.Encoding.UTF8.GetString(packet.AsSpan((packet[0] & 6) != 0 ? 8 : 6));
                isOver = payload == "last";
                retained += payload == "kept" ? 1 : 0;
                live.AddRange(payload is "kept" or "last" ? [] : [payload]);
                if (payload == "kept" && retained == 50)
                {
                    // Each SUBSCRIBE has brought it; what was live is on its way by now, too.
                    await sender.SendAsync(Packets.Publish("r", "last", qos: 1, identifier: 100));
                }
            }
        }

        Assert.Equal(50, retained);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}").TakeLast(live.Count), live);
    }
}
