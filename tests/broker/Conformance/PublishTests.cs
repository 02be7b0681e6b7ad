using IotMqtt.Broker.Tests.Support;

namespace IotMqtt.Broker.Tests.Conformance;

/// <summary>PUBLISH and its handshakes, towards the broker and from it (MQTT 5, sections 3.3 to 3.7, 4.3, 4.6, 4.9).</summary>
public sealed class PublishTests : ConformanceTest
{
    [Fact]
    public async Task A_message_is_forwarded_byte_by_byte_without_what_was_the_senders()
    {
        // Bytes of a mark at the beginning of the topic stay; DUP, the alias and the identifier do not.
        var topic = "\uFEFFt/\u00e9";
        var watcher = await PeerAsync("watcher", [0x22, 0, 10]);
        await SubscribeAsync(watcher, topic, options: 1);
        var sender = await PeerAsync("sender");
        byte[] forwarded = [0x01, 1, 0x03, .. Packets.Text("text/plain"), 0x08, .. Packets.Text("answers"), 0x09, 0, 2, 0, 255, 0x26, .. Packets.Text("b"), .. Packets.Text("1"), 0x26, .. Packets.Text("a"), .. Packets.Text("2")];

        await sender.SendAsync(Packets.Publish(topic, "hello", qos: 1, identifier: 77, isAgain: true, properties: [.. forwarded, 0x23, 0, 1]));
        await ExpectAsync(sender, [0x40, 2, 0, 77]);
        await sender.SendAsync(Packets.Publish("", "again", qos: 1, identifier: 78, properties: [0x23, 0, 1]));
        await ExpectAsync(sender, [0x40, 2, 0, 78]);

        await ExpectAsync(watcher, Packets.Publish(topic, "hello", qos: 1, identifier: 1, properties: forwarded));
        await ExpectAsync(watcher, Packets.Publish(topic, "again", qos: 1, identifier: 2));
    }

    [Fact]
    public async Task Aliases_up_to_the_maximum_are_taken_and_end_with_the_connection()
    {
        var watcher = await PeerAsync("watcher");
        await SubscribeAsync(watcher, "t", options: 0);
        var sender = await PeerAsync("sender");
        for (byte alias = 1; alias <= 32; alias++)
        {
            await sender.SendAsync(Packets.Publish("t", "x", properties: [0x23, 0, alias]));
            await sender.SendAsync(Packets.Publish("", "x", properties: [0x23, 0, alias]));
            await ExpectAsync(watcher, Packets.Publish("t", "x"));
            await ExpectAsync(watcher, Packets.Publish("t", "x"));
        }

        var next = await PeerAsync("sender");
        await next.SendAsync(Packets.Publish("", "x", properties: [0x23, 0, 1]));
        Assert.Equal(0x82, (await next.UntilClosedAsync())[2]);
    }

    [Fact]
    public async Task A_packet_identifier_is_new_again_when_its_handshake_is_over()
    {
        var watcher = await PeerAsync("watcher");
        await SubscribeAsync(watcher, "t", options: 0);
        var sender = await PeerAsync("sender");
        for (var i = 0; i < 2; i++)
        {
            await sender.SendAsync(Packets.Publish("t", "1", qos: 1, identifier: 5, isAgain: true));
            await ExpectAsync(sender, [0x40, 2, 0, 5]);
            await sender.SendAsync(Packets.Publish("t", "2", qos: 2, identifier: 5));
            await ExpectAsync(sender, [0x50, 2, 0, 5]);
            await sender.SendAsync(0x62, 2, 0, 5);
            await ExpectAsync(sender, [0x70, 2, 0, 5]);
        }

        foreach (var payload in new[] { "1", "2", "1", "2" })
        {
            await ExpectAsync(watcher, Packets.Publish("t", payload));
        }

        // After a PUBREC that refuses, too: the identifier is free.
        await sender.SendAsync(Packets.Publish("$SYS/x", "3", qos: 2, identifier: 6));
        await ExpectAsync(sender, [0x50, 4, 0, 6, 0x87, 0]);
        await sender.SendAsync(Packets.Publish("t", "4", qos: 2, identifier: 6));
        await ExpectAsync(sender, [0x50, 2, 0, 6]);
        await ExpectAsync(watcher, Packets.Publish("t", "4"));
    }

    [Fact]
    public async Task Messages_of_one_sender_come_in_their_order()
    {
        var watcher = await PeerAsync("watcher", [0x21, 0, 10]);
        await SubscribeAsync(watcher, "t", options: 1);
        var sender = await PeerAsync("sender");
        for (var i = 0; i < 300; i++)
        {
            await sender.SendAsync(Packets.Publish("t", $"{i}", qos: i % 2, identifier: (ushort)(i + 1)));
        }

        var (guaranteed, unguaranteed) = (new List<int>(), new List<int>());
        while (guaranteed.Count + unguaranteed.Count < 300)
        {
            var packet = await watcher.ReceivePacketAsync();
            var isGuaranteed = (packet[0] & 0x06) != 0;
            (isGuaranteed ? guaranteed : unguaranteed).Add(int.Parse(System.Text.Encoding.UTF8.GetString(packet.AsSpan(isGuaranteed ? 8 : 6))));
            if (isGuaranteed)
            {
                await watcher.SendAsync(0x40, 2, packet[5], packet[6]);
            }
        }

        Assert.Equal(guaranteed.Order(), guaranteed);
        Assert.Equal(unguaranteed.Order(), unguaranteed);
    }

    [Fact]
    public async Task QoS_0_and_answers_are_not_held_up_by_the_receive_maximum()
    {
        var watcher = await PeerAsync("watcher", [0x21, 0, 1]);
        await SubscribeAsync(watcher, "t", options: 1);
        var sender = await PeerAsync("sender");
        await sender.SendAsync([.. Packets.Publish("t", "0", qos: 1), .. Packets.Publish("t", "1", qos: 1, identifier: 2), .. Packets.Publish("t", "2")]);

        await ExpectAsync(watcher, Packets.Publish("t", "0", qos: 1, identifier: 1));
        await ExpectAsync(watcher, Packets.Publish("t", "2"));
        await watcher.SendAsync(Packets.Publish("u", "", qos: 2, identifier: 9));
        await ExpectAsync(watcher, [0x50, 4, 0, 9, 0x10, 0]);
        await watcher.SendAsync(0x40, 2, 0, 1);
        await ExpectAsync(watcher, Packets.Publish("t", "1", qos: 1, identifier: 2));
    }

    [Fact]
    public async Task A_message_that_the_client_has_refused_is_not_sent_again_to_it_or_to_another()
    {
        var one = await PeerAsync("one", [0x11, 0, 0, 0, 60]);
        await SubscribeAsync(one, "$share/g/t", options: 1);
        var sender = await PeerAsync("sender");
        await sender.SendAsync(Packets.Publish("t", "x", qos: 1));
        await ExpectAsync(one, Packets.Publish("t", "x", qos: 1, identifier: 1));
        var two = await PeerAsync("two");
        await SubscribeAsync(two, "$share/g/t", options: 1);

        await one.SendAsync(0x40, 3, 0, 1, 0x97);
        await ExpectNothingAsync(one);
        await VanishAsync(one);

        var back = Raw();
        await back.SendAsync(Packets.Connect5("one", [0x11, 0, 0, 0, 60], flags: 0));
        Assert.Equal(1, (await back.ReceivePacketAsync())[2]);
        await ExpectNothingAsync(back);
        await ExpectNothingAsync(two);
    }

    [Fact]
    public async Task A_message_of_QoS_2_for_a_shared_subscription_stays_with_its_client()
    {
        var one = await PeerAsync("one", [0x11, 0, 0, 0, 60]);
        await SubscribeAsync(one, "$share/g/t");
        var sender = await PeerAsync("sender");
        await sender.SendAsync(Packets.Publish("t", "x", qos: 2));
        await ExpectAsync(one, Packets.Publish("t", "x", qos: 2, identifier: 1));
        var two = await PeerAsync("two");
        await SubscribeAsync(two, "$share/g/t");
        await VanishAsync(one);
        await ExpectNothingAsync(two);

        var back = Raw();
        await back.SendAsync(Packets.Connect5("one", [0x11, 0, 0, 0, 60], flags: 0));
        await back.ReceivePacketAsync();
        await ExpectAsync(back, Packets.Publish("t", "x", qos: 2, identifier: 1, isAgain: true));

        // And where that session ends before, nobody gets it.
        await VanishAsync(back);
        await PeerAsync("one");
        await ExpectNothingAsync(two);
    }

    [Fact]
    public async Task Acknowledgements_have_no_words_that_a_client_might_not_want()
    {
        var peer = await PeerAsync("peer", [0x17, 0]);
        await peer.SendAsync(Packets.Publish("$SYS/x", "", qos: 1, identifier: 1));
        await ExpectAsync(peer, [0x40, 4, 0, 1, 0x87, 0]);
        await peer.SendAsync(Packets.Publish("$SYS/x", "", qos: 2, identifier: 2));
        await ExpectAsync(peer, [0x50, 4, 0, 2, 0x87, 0]);
        await peer.SendAsync(Packets.Subscribe("a/#/b", 0));
        await ExpectAsync(peer, [0x90, 4, 0, 1, 0, 0x8F]);
        await peer.SendAsync(Packets.Packet(0xA2, [0, 2, 0, .. Packets.Text("a")]));
        await ExpectAsync(peer, [0xB0, 4, 0, 2, 0, 0x11]);
    }

    [Fact]
    public async Task Many_subscription_identifiers_and_long_correlation_data_arrive()
    {
        var client = await ConnectAsync("many");
        for (uint i = 1; i < 100; i++)
        {
            await client.SubscribeAsync(string.Join('/', Enumerable.Repeat("+", (int)i)) + "/#", identifier: i);
        }

        var deep = string.Join('/', Enumerable.Repeat("a", 150));
        await client.PublishAsync(message => message.WithTopic(deep).WithCorrelationData(new byte[1_020])
            .WithQualityOfServiceLevel(MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce));

        var received = await client.NextAsync();
        Assert.Equal(99, received.SubscriptionIdentifiers.Count);
        Assert.Equal(1_020, received.CorrelationData.Length);
    }
}
