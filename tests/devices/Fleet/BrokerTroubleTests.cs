using System.Net;
using System.Net.Sockets;
using IotMqtt.Broker;
using IotMqtt.Devices.Tests.Support;
using IotMqtt.Lifecycle;
using IotMqtt.Models.Fleets;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;
using IotMqtt.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace IotMqtt.Devices.Tests.Fleet;

/// <summary>What a worker says and does where its broker is not there, does not let it in, or goes away.</summary>
public sealed class BrokerTroubleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_broker_that_is_not_there_is_one_error_that_says_so()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        var exception = await Assert.ThrowsAsync<DeviceFleetException>(
            () => StartAsync(BrokerUrl.Parse($"mqtt://127.0.0.1:{port}"), options => options with { ConnectTimeout = TimeSpan.FromMilliseconds(300) }));

        Assert.Equal(DeviceFleetErrorKind.BrokerUnreachable, exception.Kind);
        Assert.StartsWith($"No broker at mqtt://127.0.0.1:{port}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_refuses_the_credentials_is_one_error_at_once()
    {
        await using var broker = await MosquittoBroker.StartAsync(
            Cancellation, new MosquittoOptions { Users = new Dictionary<string, string> { ["worker"] = "right" } });
        var url = BrokerUrl.Parse(broker.Url);
        var exception = await Assert.ThrowsAsync<DeviceFleetException>(
            () => StartAsync(url, options => options with { Username = "worker", Password = "wrong", ConnectTimeout = TimeSpan.FromHours(1) }));
        Assert.Equal(DeviceFleetErrorKind.BrokerRefused, exception.Kind);
        Assert.DoesNotContain("wrong", exception.Message, StringComparison.Ordinal);

        await using var host = await StartAsync(url, options => options with { Username = "worker", Password = "right" });
        Assert.Equal(2, host.Online);
    }

    [Fact]
    public async Task After_a_restart_of_the_broker_all_is_retained_again_and_commands_work()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        var url = BrokerUrl.Parse(broker.Url);
        await using var host = await StartAsync(url, options => options with
        {
            BackOff = new BackOff { Initial = TimeSpan.FromMilliseconds(20), Max = TimeSpan.FromMilliseconds(100) },
        });
        await broker.StopAsync(Cancellation);
        await Eventually.Async("the loss is seen", () => host.Online == 0, Cancellation);
        await broker.StartAgainAsync(Cancellation);
        await Eventually.Async("all are online again", () => host.Online == 2, Cancellation);

        await using var observer = await Observer.StartAsync(url, RootTopic.Default, Cancellation);
        await observer.AwaitAsync("a", Presence.Online, Cancellation);
        await Eventually.Async("meta is retained again", () => observer.MetaOf("b") is not null, Cancellation);
        await Eventually.Async("the model is retained again", () => observer.Last(observer.Topics.Model(observer.MetaOf("b")!.Hash)) is not null, Cancellation);
        await observer.CommandAsync("a", "bump", Cancellation);
        await Eventually.Async("commands work", () => observer.StateOf("a")?.Revision == 1, Cancellation);
    }

    [Fact]
    public async Task A_fault_from_the_start_keeps_a_device_away_and_holds_nobody_up()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        var model = Bench.Fleet.Devices[0].Model;
        var away = Bench.Device("away", model) with { Faults = [new() { Disconnect = new(null) }] };
        var fleet = new FleetDefinition { Name = "half", Devices = [away, Bench.Device("here", model)] };
        using var log = new TestLog();
        await using var host = await DeviceFleetHost.StartAsync(
            fleet, new DeviceFleetOptions { Broker = BrokerUrl.Parse(broker.Url) }, log, TimeProvider.System, Cancellation);

        Assert.Equal((1, 1), (host.Online, host.Away));
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_the_options_is_said_at_once()
    {
        var exception = await Assert.ThrowsAsync<DeviceFleetException>(
            () => StartAsync(BrokerUrl.Parse("mqtt://127.0.0.1:1"), options => options with { Concurrency = 0, Loops = 0 }));

        Assert.Equal(DeviceFleetErrorKind.InvalidInput, exception.Kind);
        Assert.Contains("concurrency", exception.Message, StringComparison.Ordinal);
        Assert.Contains("loops", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fleet_that_needs_more_descriptors_than_there_are_is_told_before_it_connects()
    {
        var exception = await Assert.ThrowsAsync<DeviceFleetException>(
            () => StartAsync(BrokerUrl.Parse("mqtt://127.0.0.1:1"), options => options with { DescriptorsPerDevice = int.MaxValue }));

        Assert.Equal(DeviceFleetErrorKind.TooFewDescriptors, exception.Kind);
        Assert.Contains("ulimit -n", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_fleet_may_take_longer_than_the_patience_with_each_of_its_devices()
    {
        await using var broker = await MqttBroker.StartAsync(new BrokerOptions { Port = 0 }, cancellationToken: Cancellation);
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var model = Bench.Fleet.Devices[0].Model;
        var fleet = new FleetDefinition { Name = "large", Devices = [.. Enumerable.Range(1, 9).Select(number => Bench.Device($"d{number}", model))] };
        var options = new DeviceFleetOptions
        {
            Broker = BrokerUrl.Parse(broker.Endpoint.ToString()),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            Concurrency = 1,
        };

        await using var host = await DeviceFleetHost.StartAsync(
            fleet, options, new SlowConnections(() => time.Advance(TimeSpan.FromSeconds(6))), time, Cancellation);

        Assert.Equal(9, host.Online);
    }

    private static async Task<DeviceFleetHost> StartAsync(BrokerUrl broker, Func<DeviceFleetOptions, DeviceFleetOptions> change)
    {
        var model = Bench.Fleet.Devices[0].Model;
        var fleet = new FleetDefinition { Name = "pair", Devices = [Bench.Device("a", model), Bench.Device("b", model)] };
        return await DeviceFleetHost.StartAsync(
            fleet, change(new DeviceFleetOptions { Broker = broker }), new TestLog(), TimeProvider.System, Cancellation);
    }

    /// <summary>Lets time pass with each connection that is made.</summary>
    private sealed class SlowConnections(Action connected) : ILoggerFactory, ILogger
    {
        private const int Connected = 4001;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == Connected)
            {
                connected();
            }
        }

        public void Dispose()
        {
        }
    }
}
