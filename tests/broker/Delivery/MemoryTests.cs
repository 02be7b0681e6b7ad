using System.Net.Sockets;
using IotMqtt.Broker.Tests.Support;
using IotMqtt.Testing;

namespace IotMqtt.Broker.Tests.Delivery;

/// <summary>What others can make the broker's process take, all of it at once: its bounds, and a third more.</summary>
[Collection(nameof(Alone))]
public sealed class MemoryTests : IAsyncLifetime
{
    private const long MiB = 1024 * 1024;
    private const long Bounds = (128 + 128) * MiB;

    /// <summary>The runtime and the code, once they have been used.</summary>
    private const long Runtime = 80 * MiB;

    private readonly List<RawClient> _clients = [];
    private BrokerProcess _broker = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _broker = await BrokerProcess.StartAsync(
        files: null, "--max-queued-bytes", "64MiB", "--max-queued-bytes-in-all", "128MiB", "--max-retained-bytes", "128MiB");

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task Neither_retained_properties_nor_who_does_not_read_nor_who_is_away_takes_more_than_the_bounds_and_a_third()
    {
        var publisher = await ConnectAsync("publisher");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var acknowledged = CountAnswersAsync(publisher, stop.Token);
        var sent = 0;

        // Retained messages whose weight is all in their user properties.
        var properties = Enumerable.Range(0, 100).SelectMany(i => (byte[])[0x26, .. Packets.Text($"k{i}"), .. Packets.Text(new string('v', 9_000))]).ToArray();
        for (var i = 0; i < 300; i++)
        {
            await publisher.SendAsync(Packets.Publish($"r/{i}", "x", qos: 1, identifier: (ushort)++sent, retain: true, properties: properties));
        }

        // Subscribers that never read.
        var large = new string('x', 200_000);
        for (var i = 0; i < 30; i++)
        {
            var deaf = await ConnectAsync($"deaf{i}");
            deaf.Socket.ReceiveBufferSize = 4096;
            await deaf.SendAsync(Packets.Subscribe($"t/{i}", 1));
            await deaf.ReceivePacketAsync();
        }

        for (var i = 0; i < 2_000; i++)
        {
            await publisher.SendAsync(Packets.Publish($"t/{i % 30}", large, qos: 1, identifier: (ushort)++sent));
        }

        // A kept session whose client is away, and one that asks for the rest at QoS 0 and does not read it.
        var away = await ConnectAsync("away", [0x11, 0, 0, 14, 16]);
        await away.SendAsync(Packets.Subscribe("a", 1));
        await away.ReceivePacketAsync();
        await away.DisposeAsync();
        var slow = await ConnectAsync("slow");
        await slow.SendAsync(Packets.Subscribe("a", 0));
        await slow.ReceivePacketAsync();
        for (var i = 0; i < 10_000; i++)
        {
            await publisher.SendAsync(Packets.Publish("a", large[..16_384], qos: 1, identifier: (ushort)++sent));
        }

        await Eventually.Async("all of it is answered", () => acknowledged.Count == sent, Token, () => acknowledged.Count);
        var peak = _broker.PeakResident;
        Assert.True(peak <= (Bounds + Runtime) * 4 / 3, $"it took {peak / MiB} MiB");
        Assert.Contains("were dropped", _broker.Output, StringComparison.Ordinal);
        Assert.True(_broker.CountOf("messages for deaf0 were dropped") <= 60, _broker.Output);
        await stop.CancelAsync();
    }

    private async Task<RawClient> ConnectAsync(string id, byte[]? properties = null)
    {
        var client = new RawClient(_broker.Port);
        _clients.Add(client);
        await client.SendAsync(Packets.Connect5(id, properties ?? []));
        Assert.Equal(0, (await client.ReceivePacketAsync())[3]);
        return client;
    }

    private static Answers CountAnswersAsync(RawClient publisher, CancellationToken cancellationToken)
    {
        var answers = new Answers();
        _ = Task.Run(() => ReadAsync(publisher.Socket, answers, cancellationToken), cancellationToken);
        return answers;
    }

    private static async Task ReadAsync(Socket socket, Answers answers, CancellationToken cancellationToken)
    {
        // A PUBACK has 4 bytes, and two more where it says that nobody is subscribed or that there is no room.
        var buffer = new byte[64 * 1024];
        var (state, length) = (0, 0);
        try
        {
            for (int read; (read = await socket.ReceiveAsync(buffer, cancellationToken)) > 0;)
            {
                for (var at = 0; at < read; at++)
                {
                    (state, length) = state switch
                    {
                        0 => (1, 0),
                        1 => (2, buffer[at]),
                        _ => (length == 1 ? 0 : 2, length - 1),
                    };
                    answers.Count += state == 0 ? 1 : 0;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private sealed class Answers
    {
        private volatile int _count;

        public int Count
        {
            get => _count;
            set => _count = value;
        }
    }
}
