using System.Net;
using System.Net.WebSockets;
using System.Text;
using IotMqtt.Broker.Tests.Support;

namespace IotMqtt.Broker.Tests.Listening;

public sealed class OriginTests : BrokerTest
{
    protected override BrokerOptions Options => base.Options with { WebSocketOrigins = "https://dashboard.example, https://other.example" };

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("https://dashboard.example", null, true)]
    [InlineData("http://127.0.0.1:{port}", null, true)]
    [InlineData("http://localhost:{port}", "localhost:{port}", true)]
    [InlineData("https://evil.example", null, false)]
    [InlineData("http://dashboard.example", null, false)]
    [InlineData("http://127.0.0.1", null, false)]
    [InlineData("null", null, false)]
    [InlineData("http://rebound.example:{port}", "rebound.example:{port}", false)]
    public async Task Only_pages_of_the_brokers_own_address_or_of_those_that_are_named_may_open_a_WebSocket(string? origin, string? host, bool isAllowed)
    {
        var port = $"{Broker.WebSocketEndpoint!.Port}";
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin.Replace("{port}", port, StringComparison.Ordinal));
        }

        if (host is not null)
        {
            socket.Options.SetRequestHeader("Host", host.Replace("{port}", port, StringComparison.Ordinal));
        }

        if (isAllowed)
        {
            await socket.ConnectAsync(Broker.WebSocketEndpoint, Token);
            Assert.Equal(WebSocketState.Open, socket.State);
        }
        else
        {
            await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Broker.WebSocketEndpoint, Token));
            Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
        }
    }

    [Fact]
    public async Task Frames_of_a_client_that_are_not_masked_end_the_connection()
    {
        var peer = new RawClient(Broker.WebSocketEndpoint!.Port);
        await using (peer)
        {
            await peer.SendAsync(Encoding.ASCII.GetBytes(
                "GET /mqtt HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: mqtt\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
            var connect = Packets.Connect("unmasked", 4);
            await peer.SendAsync([0x82, (byte)connect.Length, .. connect]);

            var heard = await peer.UntilClosedAsync();

            Assert.StartsWith("HTTP/1.1 101", Encoding.ASCII.GetString(heard), StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexString([0x20, 2, 0, 0]), Convert.ToHexString(heard), StringComparison.Ordinal);
        }
    }
}
