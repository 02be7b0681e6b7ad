using IotMqtt.Broker.Tests.Support;
using MQTTnet;

namespace IotMqtt.Broker.Tests.Connections;

public sealed class TimeLimitTests : TimedBrokerTest
{
    [Fact]
    public async Task A_peer_that_sends_no_complete_CONNECT_in_time_is_closed()
    {
        var silent = Raw();
        var half = Raw();
        await half.SendAsync(Packets.Connect("half")[..7]);
        var inTime = Raw();
        await inTime.ConnectAsync("in-time");

        var ends = Task.WhenAll(silent.UntilClosedAsync(), half.UntilClosedAsync());
        Pass(9);
        Assert.False(ends.IsCompleted);
        await SweepUntilAsync("both are closed", () => ends.IsCompleted);

        Assert.All(await ends, Assert.Empty);
        Assert.True(Log.Has(1102));
        await inTime.SendAsync(0xC0, 0);
        Assert.Equal([0xD0, 0], await inTime.ReceivePacketAsync());
    }

    [Fact]
    public async Task A_client_that_is_silent_for_one_and_a_half_times_its_keep_alive_is_told_and_closed()
    {
        var silent = Raw();
        await silent.SendAsync(Packets.Connect("silent", keepAlive: 10));
        await silent.ReceivePacketAsync();
        var subscribing = Raw();
        await subscribing.SendAsync(Packets.Connect("subscribing", keepAlive: 10));
        await subscribing.ReceivePacketAsync();

        Pass(14);
        await subscribing.SendAsync(Packets.Packet(0x82, [0, 1, 0, .. Packets.Text("a"), 0]));
        Assert.Equal(0x90, (await subscribing.ReceivePacketAsync())[0]);
        var end = silent.UntilClosedAsync();
        await SweepUntilAsync("the silent one is closed", () => end.IsCompleted);

        var farewell = await end;
        Assert.Equal([0xE0, 0x8D], [farewell[0], farewell[2]]);
        await subscribing.SendAsync(0xC0, 0);
        Assert.Equal([0xD0, 0], await subscribing.ReceivePacketAsync());
    }

    [Fact]
    public async Task A_session_ends_when_its_client_has_been_away_for_longer_than_it_asked()
    {
        var device = await ConnectAsync(ClientOptions("device").WithCleanStart(false).WithSessionExpiryInterval(10));
        await device.SubscribeAsync("cmd");
        await LeaveAsync(device);
        var publisher = await ConnectAsync();

        Pass(9);
        Assert.Equal(MqttClientPublishReasonCode.Success, (await publisher.PublishAsync("cmd", "x")).ReasonCode);
        await SweepUntilAsync("the session is gone", () => Broker.Sessions == 1);

        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, (await publisher.PublishAsync("cmd", "x")).ReasonCode);
    }
}
