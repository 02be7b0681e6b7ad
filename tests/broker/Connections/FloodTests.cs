using System.Net.Sockets;
using IotMqtt.Broker.Tests.Support;

namespace IotMqtt.Broker.Tests.Connections;

public sealed class FloodTests : BrokerTest
{
    [Fact]
    public async Task A_client_that_sends_and_never_reads_is_not_read_any_more()
    {
        var flood = Raw();
        flood.Socket.ReceiveBufferSize = 4096;
        await flood.ConnectAsync("flood");
        var pings = new byte[64 * 1024];
        for (var i = 0; i < pings.Length; i += 2)
        {
            pings[i] = 0xC0;
        }

        // Both directions fill up, and then the socket takes no more: a broker that read on would take all of this and more.
        flood.Socket.Blocking = false;
        long sent = 0;
        var refusals = 0;
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        while (refusals < 200 && sent < 256 * 1024 * 1024)
        {
            try
            {
                var count = flood.Socket.Send(pings.AsSpan(0, pings.Length - (int)(sent % 2)));
                sent += count;
                refusals = 0;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.WouldBlock)
            {
                refusals++;
                await pause.WaitForNextTickAsync(Token);
            }
        }

        Assert.True(refusals == 200, $"it took {sent} bytes");
        var other = await ConnectAsync("other");
        await other.SubscribeAsync("alive");
        await other.PublishAsync("alive", "yes");
        Assert.Equal("yes", await other.NextAsync("alive"));
    }
}
