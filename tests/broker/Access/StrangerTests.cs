using IotMqtt.Broker.Tests.Support;
using MQTTnet;

namespace IotMqtt.Broker.Tests.Access;

/// <summary>What one address, or peers without a name, can take from others.</summary>
public sealed class StrangerTests : BrokerTest
{
    protected override BrokerOptions Options => new() { Port = 0, MaxSessions = 3, MaxConnectionsPerAddress = 2 };

    [Fact]
    public async Task The_session_of_a_stranger_that_is_away_for_the_longest_makes_room_for_another()
    {
        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            await LeaveAsync(await ConnectAsync(Kept(id)));
        }

        Assert.Equal(3, Broker.Sessions);
        Assert.True((await ConnectAsync(Kept("b"))).Connected.IsSessionPresent);
        Assert.False((await ConnectAsync(Kept("a"))).Connected.IsSessionPresent);
        Assert.Equal(3, Broker.Sessions);
    }

    [Fact]
    public async Task One_address_has_no_more_clients_than_it_may_and_others_are_served()
    {
        var first = Raw();
        await first.ConnectAsync("1");
        await Raw().ConnectAsync("2");

        var third = Raw();
        await third.SendAsync(Packets.Connect("3"));
        Assert.Equal(0x89, (await third.ReceivePacketAsync())[3]);

        await Raw("127.0.0.2").ConnectAsync("3");
        var again = Raw();
        await again.ConnectAsync("1");
        Assert.Equal(0x8E, (await first.UntilClosedAsync())[2]);
    }

    private MqttClientOptionsBuilder Kept(string id) => ClientOptions(id).WithCleanStart(false).WithSessionExpiryInterval(600);
}
