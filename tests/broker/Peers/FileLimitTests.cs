using System.Net;
using IotMqtt.Broker.Peers;
using IotMqtt.Broker.Tests.Support;
using IotMqtt.Testing;

namespace IotMqtt.Broker.Tests.Peers;

/// <summary>A broker that may open 300 files, and more peers than that.</summary>
[Collection(nameof(Alone))]
public sealed class FileLimitTests : IAsyncLifetime
{
    private const int Files = 300;
    private const int Peers = 350;

    private readonly List<RawClient> _clients = [];
    private BrokerProcess _broker = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _broker = await BrokerProcess.StartAsync(Files, "--websocket-port", "0");

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task It_stops_accepting_serves_who_is_there_and_takes_new_ones_when_there_is_room()
    {
        var first = await KnownAsync("first");
        await first.SendAsync(Packets.Packet(0x82, [0, 1, 0, .. Packets.Text("news"), 0]));
        Assert.Equal(0x90, (await first.ReceivePacketAsync())[0]);
        var peers = Enumerable.Range(0, Peers).Select(i => (Id: $"p{i}", Client: Open())).ToList();
        foreach (var (id, client) in peers)
        {
            await client.SendAsync(Packets.Connect(id));
        }

        await Eventually.Async("it says that there is no room", () => _broker.CountOf("no more connections") > 0, Token, () => _broker.Output);
        var before = _broker.Cpu;
        using (var second = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System))
        {
            // What it spends while nothing changes can only be seen over a while.
            await second.WaitForNextTickAsync(Token);
        }

        var spent = _broker.Cpu - before;

        Assert.True(spent < TimeSpan.FromMilliseconds(400), $"it spent {spent.TotalMilliseconds:F0} ms of a second");
        await SayAsync(first, "old ones are served");
        Assert.Equal(HttpStatusCode.OK, await HealthAsync());
        var (waiting, accepted) = (peers.Where(peer => peer.Client.Socket.Available == 0).ToList(), peers.Where(peer => peer.Client.Socket.Available > 0).ToList());
        Assert.InRange(accepted.Count, 50, Files);
        Assert.NotEmpty(waiting);

        foreach (var (_, client) in accepted)
        {
            await client.DisposeAsync();
        }

        foreach (var (_, client) in waiting)
        {
            Assert.Equal(0x20, (await client.ReceivePacketAsync())[0]);
            await client.DisposeAsync();
        }

        await SayAsync(first, "still");
        Assert.False(_broker.HasExited);
        Assert.Equal(1, _broker.CountOf("no more connections"));
        Assert.Contains($"this process may open {Files} files", _broker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_HTTP_requests_take_nothing_from_MQTT_and_health_is_answered()
    {
        for (var i = 0; i < 3_000; i++)
        {
            await using var half = new RawClient(_broker.HealthPort);
            await half.SendAsync("GET /health/re"u8.ToArray());
            if (i % 10 == 0)
            {
                // Some stay, more than there are files.
                var stays = new RawClient(_broker.HealthPort);
                _clients.Add(stays);
                await stays.SendAsync("GET /health/re"u8.ToArray());
            }
        }

        var client = await KnownAsync("client");
        await client.SendAsync(Packets.Packet(0x82, [0, 1, 0, .. Packets.Text("news"), 0]));
        Assert.Equal(0x90, (await client.ReceivePacketAsync())[0]);
        await SayAsync(client, "served");
        Assert.Equal(HttpStatusCode.OK, await HealthAsync());
        Assert.Equal(0, _broker.CountOf("no more connections"));
    }

    [Fact]
    public async Task Silent_peers_make_room_for_one_that_speaks()
    {
        for (var i = 0; i < Peers; i++)
        {
            Open();
        }

        await KnownAsync("speaks");
    }

    [Theory]
    [InlineData(1_000, true, 1024L, 100, 753, 107)]
    [InlineData(1_000, false, 1024L, 100, 860, 0)]
    [InlineData(100, true, 65_536L, 100, 1_124, 256)]
    public void Room_is_what_the_files_leave_and_no_more_than_is_asked_for(int maxConnections, bool hasHttp, long limit, int open, int peers, int guests) =>
        Assert.Equal((peers, guests), RoomPlan.Make(maxConnections, hasHttp, (limit, open)) is { } room ? (room.Peers, room.Guests) : default);

    [Fact]
    public void There_is_none_where_the_files_do_not_do_for_the_process() => Assert.Null(RoomPlan.Make(10, true, (128, 60)));

    private RawClient Open()
    {
        var client = new RawClient(_broker.Port);
        _clients.Add(client);
        return client;
    }

    private async Task<RawClient> KnownAsync(string id)
    {
        var client = Open();
        await client.ConnectAsync(id);
        return client;
    }

    private static async Task SayAsync(RawClient subscriber, string text)
    {
        await subscriber.SendAsync(Packets.Packet(0x30, [.. Packets.Text("news"), 0, .. System.Text.Encoding.UTF8.GetBytes(text)]));
        var packet = await subscriber.ReceivePacketAsync();
        Assert.Equal(text, System.Text.Encoding.UTF8.GetString(packet.AsSpan(9)));
    }

    private async Task<HttpStatusCode> HealthAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{_broker.HealthPort}/health/ready"), Token);
        return answer.StatusCode;
    }
}
