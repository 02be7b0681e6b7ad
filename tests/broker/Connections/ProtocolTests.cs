using IotMqtt.Broker.Tests.Support;

namespace IotMqtt.Broker.Tests.Connections;

public sealed class ProtocolTests : BrokerTest
{
    [Theory]
    [InlineData("a packet before CONNECT", "c0 00")]
    [InlineData("another protocol", "16 03 01 00 ee 01 00 00 ea 03 03")]
    [InlineData("an HTTP request", "47 45 54 20 2f 20 48 54 54 50")]
    [InlineData("a remaining length of five bytes", "10 ff ff ff ff 01")]
    [InlineData("a CONNECT that names no protocol", "10 0c 00 04 58 58 58 58 04 02 00 00 00 00")]
    public async Task What_begins_with_no_CONNECT_is_closed_without_a_word(string what, string bytes)
    {
        var peer = Raw();
        await peer.SendAsync(Convert.FromHexString(bytes.Replace(" ", "")));

        Assert.True((await peer.UntilClosedAsync()).Length == 0, what);
    }

    [Theory]
    [InlineData(20, "e0 02 90 00")]
    [InlineData(200, "e0 34 90 32 1f 00 2f")]
    public async Task The_reason_is_put_into_words_for_clients_that_take_as_much(byte maxPacketSize, string begin)
    {
        var peer = Raw();
        await peer.SendAsync(Packets.Packet(0x10, [.. Packets.Text("MQTT"), 5, 2, 0, 0, 5, 0x27, 0, 0, 0, maxPacketSize, .. Packets.Text("c")]));
        Assert.Equal(0x20, (await peer.ReceivePacketAsync())[0]);
        await peer.SendAsync(Packets.Packet(0x30, [.. Packets.Text("a/+"), 0]));

        var answer = string.Join(' ', (await peer.UntilClosedAsync()).Select(part => part.ToString("x2")));
        Assert.StartsWith(begin, answer, StringComparison.Ordinal);
        Assert.True(answer.Length < 3 * maxPacketSize, answer);
    }

    [Theory]
    [InlineData("MQTT 3.1", "10 0f 00 06 4d 51 49 73 64 70 03 02 00 00 00 01 61", "20 02 00 01")]
    [InlineData("3.1.1 without id and clean session", "10 0c 00 04 4d 51 54 54 04 00 00 00 00 00", "20 02 00 02")]
    public async Task A_CONNECT_that_cannot_be_served_is_answered_with_the_reason(string what, string connect, string answer)
    {
        var peer = Raw();
        await peer.SendAsync(Convert.FromHexString(connect.Replace(" ", "")));

        Assert.Equal($"{what}: {answer}", $"{what}: {string.Join(' ', (await peer.UntilClosedAsync()).Select(part => part.ToString("x2")))}");
    }

    [Fact]
    public async Task A_version_that_is_not_there_yet_is_refused_in_the_latest_that_is()
    {
        var peer = Raw();
        await peer.SendAsync(Convert.FromHexString("100d00044d515454060200000000" + "00"));

        var answer = await peer.UntilClosedAsync();
        Assert.Equal([0x20, 0x84], [answer[0], answer[3]]);
    }

    [Fact]
    public async Task A_CONNECT_that_comes_byte_by_byte_is_served()
    {
        var peer = Raw();
        foreach (var part in Packets.Connect("slow"))
        {
            await peer.SendAsync(part);
        }

        Assert.Equal(0x20, (await peer.ReceivePacketAsync())[0]);
    }

    [Fact]
    public async Task Packets_that_come_together_are_all_served()
    {
        var peer = Raw();
        await peer.SendAsync([.. Packets.Connect("fast", 4), 0xC0, 0x00, 0xC0, 0x00]);

        Assert.Equal([0x20, 0x02, 0x00, 0x00], await peer.ReceivePacketAsync());
        Assert.Equal([0xD0, 0x00], await peer.ReceivePacketAsync());
        Assert.Equal([0xD0, 0x00], await peer.ReceivePacketAsync());
    }

    [Theory]
    [InlineData("a malformed packet", "36 05 00 01 61 00 01", 0x81)]
    [InlineData("a second CONNECT", "10 0d 00 04 4d 51 54 54 05 02 00 00 00 00 00", 0x82)]
    [InlineData("a wildcard in a topic", "30 04 00 01 23 00", 0x90)]
    [InlineData("no topic and no alias", "30 03 00 00 00", 0x82)]
    [InlineData("topic alias 0", "30 07 00 01 61 03 23 00 00", 0x94)]
    [InlineData("an alias that was not set", "30 06 00 00 03 23 00 01", 0x82)]
    [InlineData("an alias over the maximum", "30 07 00 01 61 03 23 00 21", 0x94)]
    public async Task A_client_that_breaks_the_protocol_is_told_why(string what, string packet, byte reason)
    {
        var peer = Raw();
        await peer.ConnectAsync("bad");
        await peer.SendAsync(Convert.FromHexString(packet.Replace(" ", "")));

        var farewell = await peer.UntilClosedAsync();
        Assert.True(farewell.Length > 2 && farewell[0] == 0xE0 && farewell[2] == reason, $"{what}: {Convert.ToHexString(farewell)}");
        Assert.True(Log.Has(1104), "the violation is logged");
    }

    [Fact]
    public async Task A_topic_alias_stands_for_the_topic_it_was_set_with()
    {
        var subscriber = await ConnectAsync();
        await subscriber.SubscribeAsync("long/topic");
        var peer = Raw();
        await peer.ConnectAsync("aliases");
        await peer.SendAsync(Packets.Packet(0x30, [.. Packets.Text("long/topic"), 3, 0x23, 0, 5, (byte)'1']));
        await peer.SendAsync(Packets.Packet(0x30, [0, 0, 3, 0x23, 0, 5, (byte)'2']));

        Assert.Equal("1", await subscriber.NextAsync("long/topic"));
        Assert.Equal("2", await subscriber.NextAsync("long/topic"));
    }

    [Fact]
    public async Task Several_filters_are_answered_in_their_own_order()
    {
        var peer = Raw();
        await peer.ConnectAsync("order", 4);
        await peer.SendAsync(Packets.Packet(
            0x82, [0, 1, .. Packets.Text("a"), 0, .. Packets.Text("b/#/c"), 0, .. Packets.Text("c"), 2, .. Packets.Text("d"), 1]));

        Assert.Equal([0x90, 0x06, 0x00, 0x01, 0x00, 0x80, 0x02, 0x01], await peer.ReceivePacketAsync());
    }

    [Fact]
    public async Task A_repeated_message_of_QoS_2_is_routed_once()
    {
        var subscriber = await ConnectAsync();
        await subscriber.SubscribeAsync("once");
        var peer = Raw();
        await peer.ConnectAsync("twice", 4);
        var publish = Packets.Packet(0x34, [.. Packets.Text("once"), 0, 9, (byte)'x']);

        await peer.SendAsync(publish);
        Assert.Equal([0x50, 2, 0, 9], await peer.ReceivePacketAsync());
        publish[0] |= 0x08;
        await peer.SendAsync(publish);
        Assert.Equal([0x50, 2, 0, 9], await peer.ReceivePacketAsync());
        await peer.SendAsync(0x62, 2, 0, 9);
        Assert.Equal([0x70, 2, 0, 9], await peer.ReceivePacketAsync());

        Assert.Equal("x", await subscriber.NextAsync("once"));
        await subscriber.NothingMoreAsync();
    }

    [Fact]
    public async Task A_client_without_an_id_is_given_one()
    {
        var one = await ConnectAsync();
        var two = await ConnectAsync();

        Assert.StartsWith("auto-", one.Connected.AssignedClientIdentifier, StringComparison.Ordinal);
        Assert.NotEqual(one.Connected.AssignedClientIdentifier, two.Connected.AssignedClientIdentifier);
    }
}
