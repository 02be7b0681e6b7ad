using System.Diagnostics;
using IotMqtt.Broker.Tests.Support;

namespace IotMqtt.Broker.Tests.Routing;

/// <summary>A publish must cost what its subscribers cost, not what the number of sessions is.</summary>
[Collection(nameof(Alone))]
public sealed class PublishCostTests
{
    private const int Few = 10;
    private const int Many = 5_000;
    private const int Rounds = 40;
    private const int Batch = 50;

    [Fact]
    public async Task A_publish_at_5000_sessions_costs_at_most_twice_what_it_costs_at_10()
    {
        await using var few = await Fleet.StartAsync(Few);
        await using var many = await Fleet.StartAsync(Many);
        await few.RoundTripsAsync(Batch);
        await many.RoundTripsAsync(Batch);

        // In turns, and the least of many: whatever else this machine does at the moment, it does to both.
        var (atFew, atMany) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            atFew = Least(atFew, await few.RoundTripsAsync(Batch));
            atMany = Least(atMany, await many.RoundTripsAsync(Batch));
        }

        var report = $"{Few}: {atFew.TotalMicroseconds / Batch:F0} µs, {Many}: {atMany.TotalMicroseconds / Batch:F0} µs a round trip";
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        Assert.True(atMany <= 2 * atFew, report);
    }

    private static TimeSpan Least(TimeSpan left, TimeSpan right) => left < right ? left : right;

    /// <summary>A broker with sessions that each subscribe to a topic of their own, as devices do, and one of them that is spoken to.</summary>
    private sealed class Fleet(MqttBroker broker, List<RawClient> devices) : IAsyncDisposable
    {
        public static async Task<Fleet> StartAsync(int sessions)
        {
            var broker = await MqttBroker.StartAsync(new BrokerOptions { Port = 0 }, null, TestContext.Current.CancellationToken);
            var devices = new List<RawClient>();
            for (var i = 0; i < sessions; i++)
            {
                var device = new RawClient(broker.Endpoint.Port);
                await device.ConnectAsync($"d{i}");
                await device.SendAsync(Packets.Packet(0x82, [0, 1, 0, .. Packets.Text($"devices/d{i}/cmd/+"), 0]));
                Assert.Equal(0x90, (await device.ReceivePacketAsync())[0]);
                devices.Add(device);
            }

            return new Fleet(broker, devices);
        }

        /// <summary>The last session publishes to the first, again and again.</summary>
        public async Task<TimeSpan> RoundTripsAsync(int count)
        {
            var publish = Packets.Packet(0x30, [.. Packets.Text("devices/d0/cmd/on"), 0, (byte)'x']);
            var since = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++)
            {
                await devices[^1].SendAsync(publish);
                Assert.Equal(publish, await devices[0].ReceivePacketAsync());
            }

            return Stopwatch.GetElapsedTime(since);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var device in devices)
            {
                await device.DisposeAsync();
            }

            await broker.DisposeAsync();
        }
    }
}
