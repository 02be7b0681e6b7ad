using System.Diagnostics;
using IotMqtt.Broker.Tests.Support;
using IotMqtt.Testing;

namespace IotMqtt.Broker.Tests.Connections;

/// <summary>What peers that mean no good cost. Alone in its collection: it looks at this process' time and memory.</summary>
[Collection(nameof(Alone))]
public sealed class HostilePeersTests : BrokerTest
{
    private const int Peers = 100;

    [Fact]
    public async Task A_hundred_peers_that_send_half_a_CONNECT_and_close_leave_it_idle()
    {
        var half = Packets.Connect("somebody")[..7];
        for (var i = 0; i < Peers; i++)
        {
            var peer = Raw();
            await peer.SendAsync(half);
            await peer.DisposeAsync();
        }

        await Eventually.Async("all of them are gone", () => Broker.OpenConnections == 0, Token, () => Broker.OpenConnections);
        var spent = await LeastCpuOfAsync(TimeSpan.FromMilliseconds(300));

        // One connection that spins would take all of 300 ms and a hundred of them both cores.
        Assert.True(spent < TimeSpan.FromMilliseconds(150), $"it spent {spent.TotalMilliseconds:F0} ms of 300");
    }

    [Fact]
    public async Task A_hundred_peers_that_announce_256_MiB_and_send_nothing_cost_no_memory()
    {
        // After an accepted CONNECT, which is where a large packet could be expected.
        var peers = Enumerable.Range(0, Peers).Select(_ => Raw()).ToList();
        foreach (var (peer, i) in peers.Select((peer, i) => (peer, i)))
        {
            await peer.ConnectAsync($"p{i}");
        }

        var before = GC.GetTotalAllocatedBytes(precise: true);
        foreach (var peer in peers)
        {
            await peer.SendAsync(0x30, 0xFF, 0xFF, 0xFF, 0x7F);
        }

        foreach (var peer in peers)
        {
            var farewell = await peer.UntilClosedAsync();
            Assert.Equal([0xE0, 0x95], [farewell[0], farewell[2]]);
        }

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 16 * 1024 * 1024);
    }

    [Fact]
    public async Task A_hundred_peers_that_announce_256_MiB_before_a_CONNECT_are_closed_at_once()
    {
        var peers = Enumerable.Range(0, Peers).Select(_ => Raw()).ToList();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        foreach (var peer in peers)
        {
            await peer.SendAsync(0x10, 0xFF, 0xFF, 0xFF, 0x7F);
        }

        foreach (var peer in peers)
        {
            Assert.Empty(await peer.UntilClosedAsync());
        }

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 16 * 1024 * 1024);
    }

    /// <summary>The least processor time of several intervals: other tests' leftovers and a busy machine only ever add to it.</summary>
    private static async Task<TimeSpan> LeastCpuOfAsync(TimeSpan interval)
    {
        var least = TimeSpan.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            using var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            await Task.Delay(interval, TimeProvider.System, Token);
            process.Refresh();
            var spent = process.TotalProcessorTime - before;
            least = spent < least ? spent : least;
        }

        return least;
    }
}
