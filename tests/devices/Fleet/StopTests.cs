using IotMqtt.Broker;
using IotMqtt.Devices.Tests.Support;
using IotMqtt.Lifecycle;
using IotMqtt.Models.Fleets;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;
using IotMqtt.Testing;

namespace IotMqtt.Devices.Tests.Fleet;

/// <summary>What a worker says of its stop is what the broker saw, and a stop starts no reconnect.</summary>
public sealed class StopTests : IDisposable
{
    private const int Stopped = 2002;
    private const int LeftByWill = 2015;
    private const int ConnectsAgain = 4002;

    private readonly TestLog _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Each_goodbye_that_is_counted_was_taken_by_the_broker()
    {
        const int Devices = 300;
        await using var broker = await MqttBroker.StartAsync(new BrokerOptions { Port = 0 }, cancellationToken: Cancellation);
        var url = BrokerUrl.Parse(broker.Endpoint.ToString());
        var host = await StartAsync(url, Devices);

        await host.StopAsync(Cancellation);

        await using var observer = await Observer.StartAsync(url, RootTopic.Default, Cancellation);
        var names = Enumerable.Range(1, Devices).Select(number => $"d{number}").ToArray();
        foreach (var name in names)
        {
            await observer.AwaitAsync(name, Presence.Offline, Cancellation);
        }

        // A will has no time in it.
        Assert.All(names, name => Assert.NotNull(observer.StatusOf(name)!.At));
        Assert.StartsWith($"{Devices} of {Devices} devices", Said(Stopped), StringComparison.Ordinal);
        Assert.False(_log.Has(LeftByWill));
        Assert.False(_log.Has(ConnectsAgain));
    }

    [Fact]
    public async Task Devices_whose_goodbye_is_not_taken_are_left_to_their_wills_and_counted_as_such()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var proxy = StallingProxy.Before(broker.Port);
        var host = await StartAsync(BrokerUrl.Parse(proxy.Url), 5);

        proxy.Stop(toBroker: true, toClient: true);
        await host.StopAsync(Cancellation);

        Assert.StartsWith("0 of 5 devices", Said(Stopped), StringComparison.Ordinal);
        Assert.StartsWith("5 devices were cut off", Said(LeftByWill), StringComparison.Ordinal);
        Assert.False(_log.Has(ConnectsAgain));
    }

    [Fact]
    public async Task A_broker_that_goes_away_during_the_stop_is_not_connected_to_again()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var proxy = StallingProxy.Before(broker.Port);
        var host = await StartAsync(BrokerUrl.Parse(proxy.Url), 5, options => options with { StopTimeout = TimeSpan.FromMinutes(1) });

        proxy.Stop(toBroker: true, toClient: false);
        var stopping = host.StopAsync(Cancellation);
        await broker.StopAsync(Cancellation);
        await stopping;

        Assert.StartsWith("0 of 5 devices", Said(Stopped), StringComparison.Ordinal);
        Assert.False(_log.Has(ConnectsAgain));
    }

    private string Said(int eventId) => Assert.Single(_log.Entries, entry => entry.EventId == eventId).Message;

    private Task<DeviceFleetHost> StartAsync(BrokerUrl broker, int devices, Func<DeviceFleetOptions, DeviceFleetOptions>? change = null)
    {
        var model = Bench.Fleet.Devices[0].Model;
        var fleet = new FleetDefinition { Name = "many", Devices = [.. Enumerable.Range(1, devices).Select(number => Bench.Device($"d{number}", model))] };
        var options = new DeviceFleetOptions { Broker = broker, StopTimeout = TimeSpan.FromMilliseconds(500) };
        return DeviceFleetHost.StartAsync(fleet, change?.Invoke(options) ?? options, _log, TimeProvider.System, Cancellation);
    }
}
