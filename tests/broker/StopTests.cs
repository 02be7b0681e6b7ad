using System.Diagnostics;
using IotMqtt.Broker.Tests.Support;
using MQTTnet;

namespace IotMqtt.Broker.Tests;

[Collection(nameof(Alone))]
public sealed class StopTests : BrokerTest
{
    [Fact]
    public async Task Clients_are_told_that_the_server_shuts_down()
    {
        var client = await ConnectAsync();
        var silent = Raw();

        await Broker.StopAsync(Token);

        Assert.Equal(MqttClientDisconnectReason.ServerShuttingDown, (await client.Disconnected).Reason);
        Assert.Empty(await silent.UntilClosedAsync());
        Assert.Equal(0, Broker.OpenConnections);
    }

    [Fact]
    public async Task It_takes_less_than_two_seconds_with_clients_that_do_not_read()
    {
        // The least of three: this machine has other things to do.
        var least = TimeSpan.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var broker = await MqttBroker.StartAsync(new BrokerOptions { Port = 0, WebSocketPort = 0 }, Log, Token);
            await using var deaf = new RawClient(broker.Endpoint.Port);
            deaf.Socket.ReceiveBufferSize = 4096;
            await deaf.ConnectAsync("deaf");
            await deaf.SendAsync(Packets.Packet(0x82, [0, 1, 0, .. Packets.Text("t"), 0]));
            await using var loud = new RawClient(broker.Endpoint.Port);
            await loud.ConnectAsync("loud");
            var message = Packets.Packet(0x30, [.. Packets.Text("t"), 0, .. new byte[100_000]]);
            for (var sent = 0; sent < 200; sent++)
            {
                await loud.SendAsync(message);
            }

            var since = Stopwatch.GetTimestamp();
            await broker.StopAsync(Token);
            var took = Stopwatch.GetElapsedTime(since);
            least = took < least ? took : least;
            await broker.DisposeAsync();
        }

        Assert.True(least < TimeSpan.FromSeconds(2), $"it took {least}");
    }
}
