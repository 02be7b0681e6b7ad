using IotMqtt.Broker.Tests.Support;
using MQTTnet;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Tests.Connections;

public sealed class FlowControlTests : BrokerTest
{
    private const int Queue = 5;

    protected override BrokerOptions Options => new() { Port = 0, MaxQueuedMessages = Queue, MaxPacketSize = 2048 };

    [Fact]
    public async Task No_more_messages_are_on_their_way_than_the_client_can_take()
    {
        var slow = await SubscribedAsync(receiveMaximum: 2);
        var publisher = await ConnectAsync();
        for (var i = 0; i < 4; i++)
        {
            await publisher.PublishAsync("t", $"{i}");
        }

        var first = await NextAsync(slow, "0");
        await NextAsync(slow, "1");
        await NothingElseAsync(slow);

        await slow.SendAsync(0x40, 2, first[0], first[1]);
        await NextAsync(slow, "2");
        await NothingElseAsync(slow);
    }

    [Fact]
    public async Task A_queue_that_is_full_takes_nothing_new_and_it_is_said()
    {
        var slow = await SubscribedAsync(receiveMaximum: 1);
        var publisher = await ConnectAsync();
        for (var i = 0; i < 50; i++)
        {
            await publisher.PublishAsync("t", $"{i}");
        }

        var delivered = 0;
        for (var packet = await slow.ReceivePacketAsync(); packet[0] != 0xD0; packet = await slow.ReceivePacketAsync())
        {
            Assert.Equal($"{delivered}", Payload(packet));
            delivered++;
            await slow.SendAsync([0x40, 2, .. Identifier(packet), .. delivered == Queue + 1 ? new byte[] { 0xC0, 0 } : []]);
        }

        // One was on its way, the rest waited; a message that MQTTnet's sender held at that moment comes on top.
        Assert.InRange(delivered, Queue + 1, Queue + 2);
        Assert.True(Log.Has(1106));
    }

    [Fact]
    public async Task A_subscriber_gets_all_retained_messages_that_it_asks_for_also_more_than_may_wait()
    {
        var publisher = await ConnectAsync();
        for (var i = 0; i < 10 * Queue; i++)
        {
            await publisher.PublishAsync($"r/{i}", "x", retain: true);
        }

        var subscriber = await ConnectAsync();
        await subscriber.SubscribeAsync("r/+");

        for (var i = 0; i < 10 * Queue; i++)
        {
            Assert.Equal("x", (await subscriber.NextAsync()).ConvertPayloadToString());
        }
    }

    [Fact]
    public async Task A_message_larger_than_the_client_takes_is_left_out_and_not_waited_for()
    {
        var small = await SubscribedAsync(receiveMaximum: 1, maximumPacketSize: 100);
        var publisher = await ConnectAsync();

        await publisher.PublishAsync("t", new string('x', 200));
        await publisher.PublishAsync("t", "fits");

        await NextAsync(small, "fits");
    }

    [Fact]
    public async Task A_packet_larger_than_the_broker_takes_ends_the_connection()
    {
        var peer = Raw();
        await peer.SendAsync(Packets.Connect("big"));
        var accepted = await peer.ReceivePacketAsync();
        Assert.Contains(Convert.ToHexString([0x27, 0, 0, 8, 0]), Convert.ToHexString(accepted), StringComparison.Ordinal);

        await peer.SendAsync([0x30, .. Packets.Length(2046)]);

        var farewell = await peer.UntilClosedAsync();
        Assert.Equal([0xE0, 0x95], [farewell[0], farewell[2]]);
    }

    [Fact]
    public async Task A_client_that_refuses_a_message_of_QoS_2_makes_room_for_the_next()
    {
        var peer = await SubscribedAsync(receiveMaximum: 1);
        var publisher = await ConnectAsync();
        await publisher.PublishAsync("t", "0", MqttQualityOfServiceLevel.ExactlyOnce);
        await publisher.PublishAsync("t", "1", MqttQualityOfServiceLevel.ExactlyOnce);

        var identifier = await NextAsync(peer, "0");
        await peer.SendAsync(0x50, 3, identifier[0], identifier[1], 0x97);

        await NextAsync(peer, "1");
    }

    private async Task<RawClient> SubscribedAsync(byte receiveMaximum, int maximumPacketSize = 10_000)
    {
        var peer = Raw();
        byte[] properties = [0x21, 0, receiveMaximum, 0x27, 0, 0, (byte)(maximumPacketSize >> 8), (byte)maximumPacketSize];
        await peer.SendAsync(Packets.Packet(0x10, [.. Packets.Text("MQTT"), 5, 2, 0, 0, (byte)properties.Length, .. properties, .. Packets.Text("slow")]));
        Assert.Equal(0x20, (await peer.ReceivePacketAsync())[0]);
        await peer.SendAsync(Packets.Packet(0x82, [0, 1, 0, .. Packets.Text("t"), 2]));
        Assert.Equal(0x90, (await peer.ReceivePacketAsync())[0]);
        return peer;
    }

    private static async Task<byte[]> NextAsync(RawClient peer, string payload)
    {
        var packet = await peer.ReceivePacketAsync();
        Assert.Equal(payload, Payload(packet));
        return Identifier(packet);
    }

    /// <summary>The answer to a ping would come after any message that may be sent.</summary>
    private static async Task NothingElseAsync(RawClient peer)
    {
        await peer.SendAsync(0xC0, 0);
        Assert.Equal([0xD0, 0], await peer.ReceivePacketAsync());
    }

    /// <summary>After the header (2), the topic "t" (3).</summary>
    private static byte[] Identifier(byte[] publish) => publish[5..7];

    private static string Payload(byte[] publish) => System.Text.Encoding.UTF8.GetString(publish.AsSpan(8));
}
