using System.Net;
using System.Net.WebSockets;
using IotMqtt.Broker.Tests.Support;
using MQTTnet;
using MQTTnet.Formatter;

namespace IotMqtt.Broker.Tests.Listening;

public sealed class WebSocketTests : BrokerTest
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task Clients_on_WebSocket_and_on_TCP_speak_to_each_other(MqttProtocolVersion version)
    {
        var browser = await ConnectAsync(WebSocketOptions("browser", version));
        var device = await ConnectAsync("device", version);
        await browser.SubscribeAsync("up");
        await device.SubscribeAsync("down");
        var large = new string('x', 200_000);

        await device.PublishAsync("up", large);
        await browser.PublishAsync("down", large);

        Assert.Equal(large, await browser.NextAsync("up"));
        Assert.Equal(large, await device.NextAsync("down"));
    }

    [Fact]
    public async Task Packets_may_span_messages_and_share_them()
    {
        using var socket = await OpenAsync();
        var connect = Packets.Connect("split", 4);
        await SendAsync(socket, connect[..3], WebSocketMessageType.Binary);
        await SendAsync(socket, [.. connect[3..], 0xC0, 0], WebSocketMessageType.Binary);

        Assert.Equal("20020000" + "D000", Convert.ToHexString(await ReceiveAsync(socket, 6)));
    }

    [Fact]
    public async Task A_text_message_ends_the_connection()
    {
        using var socket = await OpenAsync();
        await SendAsync(socket, Packets.Connect("text", 4), WebSocketMessageType.Text);

        Assert.Empty(await ReceiveAsync(socket, 1));
    }

    [Fact]
    public async Task A_client_that_is_taken_over_is_told()
    {
        var first = await ConnectAsync(WebSocketOptions("twice"));

        await ConnectAsync(WebSocketOptions("twice"));

        Assert.Equal(MqttClientDisconnectReason.SessionTakenOver, (await first.Disconnected).Reason);
    }

    [Fact]
    public async Task Clients_are_told_that_the_server_shuts_down()
    {
        using var socket = await OpenAsync();
        await SendAsync(socket, Packets.Connect("browser"), WebSocketMessageType.Binary);
        Assert.Equal(0x20, (await ReceiveAsync(socket, 1))[0]);

        await Broker.StopAsync(Token);

        Assert.Equal("E0028B00", Convert.ToHexString(await ReceiveAsync(socket, int.MaxValue)));
        Assert.Equal(0, Broker.OpenConnections);
    }

    [Fact]
    public async Task A_message_larger_than_the_client_takes_is_left_out_and_the_connection_lives()
    {
        var small = await ConnectAsync(WebSocketOptions("small").WithMaximumPacketSize(100));
        await small.SubscribeAsync("news");
        var writer = await ConnectAsync("writer");

        await writer.PublishAsync("news", new string('x', 500));
        await writer.PublishAsync("news", "short");

        Assert.Equal("short", await small.NextAsync("news"));
    }

    [Fact]
    public async Task The_subprotocol_is_asked_for()
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqttv3.1");

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Broker.WebSocketEndpoint!, Token));
    }

    [Theory]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/health/ready", HttpStatusCode.OK)]
    [InlineData("/mqtt", HttpStatusCode.BadRequest)]
    [InlineData("/", HttpStatusCode.NotFound)]
    public async Task The_HTTP_port_answers(string path, HttpStatusCode expected)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{Broker.WebSocketEndpoint!.Port}{path}"), Token);

        Assert.Equal(expected, answer.StatusCode);
    }

    private MqttClientOptionsBuilder WebSocketOptions(string clientId, MqttProtocolVersion version = MqttProtocolVersion.V500) => new MqttClientOptionsBuilder()
        .WithWebSocketServer(server => server.WithUri(Broker.WebSocketEndpoint!.ToString())).WithProtocolVersion(version).WithClientId(clientId).WithNoKeepAlive();

    private async Task<ClientWebSocket> OpenAsync()
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        await socket.ConnectAsync(Broker.WebSocketEndpoint!, Token);
        Assert.Equal("mqtt", socket.SubProtocol);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, byte[] bytes, WebSocketMessageType type) => socket.SendAsync(bytes, type, true, Token);

    private static async Task<byte[]> ReceiveAsync(ClientWebSocket socket, int count)
    {
        var all = new List<byte>();
        var buffer = new byte[1024];
        while (all.Count < count)
        {
            var result = await socket.ReceiveAsync(buffer.AsMemory(), Token);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                break;
            }

            all.AddRange(buffer.AsSpan(0, result.Count));
        }

        return [.. all];
    }
}
