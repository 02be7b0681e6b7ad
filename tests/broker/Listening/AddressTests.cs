using System.Net;
using System.Net.Sockets;
using IotMqtt.Testing;

namespace IotMqtt.Broker.Tests.Listening;

/// <summary>On which addresses the broker listens, and what it says of that.</summary>
public sealed class AddressTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("*")]
    [InlineData("localhost")]
    public async Task Both_families_are_served_where_there_are_both(string host)
    {
        using var log = new TestLog();
        var port = FreePort();
        await using var broker = await MqttBroker.StartAsync(new BrokerOptions { Host = host, Port = port, AllowAnonymous = true }, log, Cancellation);

        await ConnectAsync(IPAddress.Loopback, port);
        if (HasLoopback6())
        {
            await ConnectAsync(IPAddress.IPv6Loopback, port);
        }

        var said = Assert.Single(log.Entries, entry => entry.EventId == 1001).Message;
        Assert.EndsWith(host == "*" ? $"mqtt://*:{port}" : $"mqtt://localhost:{port}", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_that_would_let_everybody_in_or_nobody_are_refused()
    {
        Assert.Contains("without a Password", await RefusedAsync(new BrokerOptions { Port = 0, Username = "ann" }), StringComparison.Ordinal);
        Assert.Contains("AllowAnonymous", await RefusedAsync(new BrokerOptions { Port = 0, Host = "*" }), StringComparison.Ordinal);
        Assert.Contains("AllowAnonymous", await RefusedAsync(new BrokerOptions { Port = 0, Host = "0.0.0.0" }), StringComparison.Ordinal);
        Assert.Contains("nothing else takes clients", await RefusedAsync(new BrokerOptions { Port = null }), StringComparison.Ordinal);
        await using var broker = await MqttBroker.StartAsync(new BrokerOptions { Port = null, WebSocketPort = 0 }, cancellationToken: Cancellation);
        Assert.Equal("ws", broker.Endpoint.Scheme);
    }

    private static async Task<string> RefusedAsync(BrokerOptions options) =>
        (await Assert.ThrowsAsync<BrokerException>(() => MqttBroker.StartAsync(options, cancellationToken: Cancellation))).Message;

    private static async Task ConnectAsync(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address, port, Cancellation);
    }

    private static bool HasLoopback6()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
