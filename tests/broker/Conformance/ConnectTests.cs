using IotMqtt.Broker.Tests.Support;

namespace IotMqtt.Broker.Tests.Conformance;

/// <summary>CONNECT, CONNACK and wills (MQTT 5, sections 3.1, 3.2, 4.12).</summary>
public sealed class ConnectTests : ConformanceTest
{
    private static readonly byte[] KeptForAMinute = [0x11, 0, 0, 0, 60];

    [Fact]
    public async Task A_client_id_may_have_any_of_the_characters_that_all_servers_take()
    {
        foreach (var id in new[] { "0123456789abcdefghijklm", "nopqrstuvwxyzABCDEFGHIJ", "KLMNOPQRSTUVWXYZ0123456", "a" })
        {
            await PeerAsync(id);
        }
    }

    [Fact]
    public async Task What_comes_after_a_CONNECT_that_is_refused_is_not_processed()
    {
        var refused = Raw();
        await refused.SendAsync([.. Packets.Connect5("x", [0x15, .. Packets.Text("SCRAM")]), .. Packets.Publish("t", "x", retain: true)]);
        var answer = await refused.UntilClosedAsync();
        Assert.Equal((0x20, 0, 0x8C), (answer[0], answer[2], answer[3]));

        var peer = await PeerAsync("peer");
        await SubscribeAsync(peer, "t");
        await ExpectNothingAsync(peer);
    }

    [Fact]
    public async Task A_refusal_says_that_there_is_no_session_also_where_there_is_one()
    {
        await VanishAsync(await PeerAsync("kept", KeptForAMinute, flags: 0));

        var refused = Raw();
        await refused.SendAsync(Packets.Connect5("kept", [0x15, .. Packets.Text("SCRAM")], flags: 0));

        var answer = await refused.UntilClosedAsync();
        Assert.Equal((0x20, 0, 0x8C), (answer[0], answer[2], answer[3]));
    }

    [Fact]
    public async Task CONNACK_has_neither_response_information_nor_an_authentication_method_nobody_asked_for()
    {
        var peer = Raw();
        await peer.SendAsync(Packets.Connect5("peer", [0x19, 0]));

        var properties = Properties(await peer.ReceivePacketAsync());
        Assert.DoesNotContain(0x1A, properties);
        Assert.DoesNotContain(0x15, properties);
        Assert.DoesNotContain(0x13, properties);
    }

    [Fact]
    public async Task A_client_that_does_not_take_the_CONNACK_is_closed_without_it()
    {
        var peer = Raw();
        await peer.SendAsync(Packets.Connect5("peer", [0x27, 0, 0, 0, 4]));

        Assert.Empty(await peer.UntilClosedAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public async Task A_will_is_kept_as_a_retained_message_only_if_it_says_so(byte retain)
    {
        var watcher = await PeerAsync("watcher");
        await SubscribeAsync(watcher, "w");
        var device = await PeerAsync("device", flags: (byte)(0x06 | (retain << 5)), rest: [0, .. Packets.Text("w"), .. Packets.Text("gone")]);
        await device.DisposeAsync();
        await ExpectAsync(watcher, Packets.Publish("w", "gone"));

        var late = await PeerAsync("late");
        await SubscribeAsync(late, "w");

        if (retain == 1)
        {
            await ExpectAsync(late, Packets.Publish("w", "gone", retain: true));
        }

        await ExpectNothingAsync(late);
    }

    [Fact]
    public async Task The_user_properties_of_a_will_keep_their_order()
    {
        byte[] properties = [0x26, .. Packets.Text("b"), .. Packets.Text("1"), 0x26, .. Packets.Text("a"), .. Packets.Text("2"), 0x26, .. Packets.Text("b"), .. Packets.Text("0")];
        var watcher = await PeerAsync("watcher");
        await SubscribeAsync(watcher, "w");
        var device = await PeerAsync("device", flags: 0x06, rest: [(byte)properties.Length, .. properties, .. Packets.Text("w"), .. Packets.Text("gone")]);
        await device.DisposeAsync();

        await ExpectAsync(watcher, Packets.Publish("w", "gone", properties: properties));
    }

    [Theory]
    [InlineData("a topic with a wildcard", "00", "00 01 2b", "00 01 78", 0x90)]
    [InlineData("no topic", "00", "00 00", "00 01 78", 0x90)]
    [InlineData("a topic of the broker's own", "00", "00 06 24 53 59 53 2f 61", "00 01 78", 0x87)]
    [InlineData("a payload that is not the text that it says", "02 01 01", "00 01 77", "00 02 c3 28", 0x99)]
    public async Task A_will_that_could_not_be_published_is_refused(string what, string properties, string topic, string payload, byte reason)
    {
        var peer = Raw();
        await peer.SendAsync(Packets.Connect5("device", [], 0x06, Bytes(properties + topic + payload)));

        var answer = await peer.UntilClosedAsync();
        Assert.True(answer.Length > 3 && answer[0] == 0x20 && answer[3] == reason, $"{what}: {Convert.ToHexString(answer)}");
    }

    [Theory]
    [InlineData("flags that contradict each other", "10 0d 00 04 4d 51 54 54 04 0a 00 00 00 01 61")]
    [InlineData("bytes after the last field", "10 0e 00 04 4d 51 54 54 04 02 00 00 00 01 61 00")]
    public async Task A_malformed_CONNECT_of_3_1_1_is_closed_without_a_word(string what, string connect)
    {
        var peer = Raw();
        await peer.SendAsync(Bytes(connect));

        Assert.True((await peer.UntilClosedAsync()).Length == 0, what);
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>The identifiers of the properties of a CONNACK.</summary>
    private static List<int> Properties(byte[] packet)
    {
        var found = new List<int>();
        for (var at = 5; at < packet.Length;)
        {
            found.Add(packet[at]);
            at += packet[at] switch
            {
                0x11 or 0x27 => 5,
                0x21 or 0x22 or 0x13 => 3,
                0x24 or 0x25 or 0x28 or 0x29 or 0x2A => 2,
                _ => 3 + (packet[at + 1] << 8) + packet[at + 2],
            };
        }

        return found;
    }
}
