using IotMqtt.Protocol.Links;
using IotMqtt.Testing;
using Microsoft.Extensions.Time.Testing;

namespace IotMqtt.Protocol.Tests.Links;

/// <summary>What a link does when the broker is silent, on a clock of the test's.</summary>
public sealed class KeepAliveTests : IDisposable
{
    private static readonly byte[] PingRequest = [0xC0, 0x00];
    private static readonly byte[] PingResponse = [0xD0, 0x00];

    private readonly FakeTimeProvider _time = new();
    private readonly TestLog _log = new();
    private readonly Recorder _recorder = new();
    private readonly ScriptedBroker _broker = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _broker.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task The_broker_is_asked_before_its_patience_ends_and_given_up_if_it_does_not_answer()
    {
        await using var link = Link();
        using var peer = await ConnectAsync(link);

        await PassAsync(seconds: 28);
        Assert.Equal(PingRequest, await ReadAsync(peer, PingRequest.Length));
        Assert.Equal(LinkState.Connected, link.Status.State);

        await PassAsync(seconds: 30);
        await Eventually.Async("the broker is given up", () => _recorder.Statuses.Any(status => status.State == LinkState.Reconnecting), Cancellation, () => link.Status);
        Assert.Contains("no longer answers", FirstFailure(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_answers_is_asked_again_and_again()
    {
        await using var link = Link();
        using var peer = await ConnectAsync(link);

        for (var round = 0; round < 4; round++)
        {
            // As long as it takes: what is noted as sent last is noted on the link's side of the wire.
            await AskedAsync(peer);
            await peer.GetStream().WriteAsync(PingResponse, Cancellation);
            await _recorder.SettleAsync(peer, Cancellation);
        }

        Assert.Equal(LinkState.Connected, link.Status.State);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(600)]
    public async Task What_is_said_at_most_once_hides_no_silence_beyond_one_and_a_half_keep_alives(int keepAlive)
    {
        await using var link = Link(TimeSpan.FromSeconds(keepAlive));
        using var peer = await ConnectAsync(link);
        var passed = TimeSpan.Zero;

        // It says more than it must in either direction, and is answered nothing.
        while (link.Status.State == LinkState.Connected && passed < TimeSpan.FromSeconds(keepAlive * 3))
        {
            link.Post(new OutgoingMessage { Topic = "t", QualityOfService = QualityOfService.AtMostOnce });
            await _recorder.SettleAsync(peer, Cancellation);
            var step = TimeSpan.FromMilliseconds(50 * keepAlive);
            passed += step;
            _time.Advance(step);
        }

        Assert.Contains("no longer answers", FirstFailure(), StringComparison.Ordinal);
        Assert.InRange(passed, TimeSpan.FromSeconds(keepAlive), TimeSpan.FromSeconds(keepAlive * 1.5));
    }

    [Fact]
    public async Task A_broker_that_takes_publishes_and_never_acknowledges_is_given_up()
    {
        await using var link = Link();
        using var peer = await ConnectAsync(link);
        var publishing = link.PublishAsync(new OutgoingMessage { Topic = "t" }, Cancellation);

        // It answers everything but the publish.
        await Eventually.Async(
            "the broker is given up",
            async () =>
            {
                await PassAsync(seconds: 5);
                if (link.Status.State == LinkState.Connected)
                {
                    await peer.GetStream().WriteAsync(PingResponse, Cancellation);
                }

                return _recorder.Statuses.Any(status => status.State == LinkState.Reconnecting);
            },
            Cancellation,
            () => link.Status);

        Assert.Equal(PublishOutcome.Lost, (await publishing).Outcome);
        Assert.Contains("does not acknowledge", FirstFailure(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_brokers_own_keep_alive_counts()
    {
        await using var link = Link();

        // CONNACK with Server Keep Alive 4.
        using var peer = await ConnectAsync(link, [0x20, 0x06, 0x00, 0x00, 0x03, 0x13, 0x00, 0x04]);

        await PassAsync(seconds: 4);

        Assert.Equal(PingRequest, await ReadAsync(peer, PingRequest.Length));
    }

    private static async Task<byte[]> ReadAsync(System.Net.Sockets.TcpClient peer, int count)
    {
        var bytes = new byte[count];
        await peer.GetStream().ReadExactlyAsync(bytes, Cancellation).AsTask().WaitAsync(Eventually.Limit, TimeProvider.System, Cancellation);
        return bytes;
    }

    // Why the connection broke; what is said after that is about connecting again.
    private string? FirstFailure() => _recorder.Statuses.First(status => status.State == LinkState.Reconnecting).Failure?.Message;

    private MqttLink Link() => Link(TimeSpan.FromSeconds(30));

    private MqttLink Link(TimeSpan keepAlive) => new(
        new MqttLinkOptions { Url = BrokerUrl.Parse($"mqtt://127.0.0.1:{_broker.Port}"), ClientId = "quiet", KeepAlive = keepAlive },
        _recorder,
        new LinkEnvironment(_time, _log));

    private async Task<System.Net.Sockets.TcpClient> ConnectAsync(MqttLink link, byte[]? connAck = null)
    {
        var connecting = link.ConnectAsync(Cancellation);
        var peer = await _broker.AcceptAsync(connAck ?? ScriptedBroker.ConnAck, Cancellation);
        await connecting;
        return peer;
    }

    private async Task AskedAsync(System.Net.Sockets.TcpClient peer)
    {
        var asked = ReadAsync(peer, PingRequest.Length);
        await Eventually.Async(
            "the broker is asked",
            async () =>
            {
                if (!asked.IsCompleted)
                {
                    await PassAsync(seconds: 1);
                }

                return asked.IsCompleted;
            },
            Cancellation);
        Assert.Equal(PingRequest, await asked);
    }

    private async Task PassAsync(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }
}
