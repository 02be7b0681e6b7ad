using IotMqtt.Broker.Tests.Support;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Tests.Sessions;

public sealed class SessionTests : BrokerTest
{
    [Fact]
    public async Task A_takeover_is_said_to_the_client_that_loses_its_session()
    {
        var first = await ConnectAsync("device");
        await first.SubscribeAsync("t");
        var second = await ConnectAsync("device");

        var end = await first.Disconnected;

        Assert.Equal(MqttClientDisconnectReason.SessionTakenOver, end.Reason);
        var published = await second.PublishAsync("t", "x");
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, published.ReasonCode);
    }

    [Fact]
    public async Task A_client_that_reconnects_over_and_over_always_has_a_session_that_works()
    {
        var watcher = await ConnectAsync();
        await watcher.SubscribeAsync("up/+");
        for (var i = 0; i < 50; i++)
        {
            var client = await ConnectAsync("flapping");
            await client.SubscribeAsync("down");
            await client.PublishAsync($"up/{i}", "x");
            Assert.Equal("x", await watcher.NextAsync($"up/{i}"));
            await watcher.PublishAsync("down", $"{i}");
            Assert.Equal($"{i}", await client.NextAsync("down"));
            if (i % 2 == 0)
            {
                client.Vanish();
            }
        }
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task A_kept_session_gets_what_it_missed(MqttProtocolVersion version)
    {
        var first = await ConnectAsync(Kept("sleeper", version));
        Assert.False(first.Connected.IsSessionPresent);
        await first.SubscribeAsync("news/+");
        await LeaveAsync(first);

        var publisher = await ConnectAsync();
        var published = await publisher.PublishAsync("news/1", "missed");
        Assert.Equal(MqttClientPublishReasonCode.Success, published.ReasonCode);
        await publisher.PublishAsync("news/2", "missed, but nobody promised", MqttQualityOfServiceLevel.AtMostOnce);

        var second = await ConnectAsync(Kept("sleeper", version));
        Assert.True(second.Connected.IsSessionPresent);
        Assert.Equal("missed", await second.NextAsync("news/1"));
        await second.NothingMoreAsync();
    }

    [Fact]
    public async Task A_clean_start_ends_the_session_that_was_kept()
    {
        var first = await ConnectAsync(Kept("sleeper"));
        await first.SubscribeAsync("news/+");
        await LeaveAsync(first);

        var second = await ConnectAsync(Kept("sleeper").WithCleanStart());

        Assert.False(second.Connected.IsSessionPresent);
        var published = await second.PublishAsync("news/1", "x");
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, published.ReasonCode);
    }

    [Fact]
    public async Task A_session_without_expiry_is_not_resumed_even_by_a_takeover()
    {
        var first = await ConnectAsync(ClientOptions("device").WithCleanStart(false));
        await first.SubscribeAsync("t");

        var second = await ConnectAsync(ClientOptions("device").WithCleanStart(false));

        Assert.False(second.Connected.IsSessionPresent);
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, (await second.PublishAsync("t", "x")).ReasonCode);
    }

    [Fact]
    public async Task A_disconnect_can_end_a_session_that_was_to_be_kept()
    {
        var raw = Raw();
        await raw.SendAsync(Packets.Packet(0x10, [.. Packets.Text("MQTT"), 5, 2, 0, 0, 5, 0x11, 0, 0, 0, 60, .. Packets.Text("device")]));
        Assert.Equal(0x20, (await raw.ReceivePacketAsync())[0]);
        await raw.SendAsync(Packets.Packet(0xE0, [0, 5, 0x11, 0, 0, 0, 0]));
        await raw.UntilClosedAsync();

        var next = await ConnectAsync(Kept("device"));

        Assert.False(next.Connected.IsSessionPresent);
    }

    private MqttClientOptionsBuilder Kept(string clientId, MqttProtocolVersion version = MqttProtocolVersion.V500) =>
        version == MqttProtocolVersion.V500
            ? ClientOptions(clientId, version).WithCleanStart(false).WithSessionExpiryInterval(60)
            : ClientOptions(clientId, version).WithCleanSession(false);
}
