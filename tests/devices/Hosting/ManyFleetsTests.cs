using IotMqtt.Devices.Tests.Support;
using IotMqtt.Lifecycle;
using IotMqtt.Models.Fleets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IotMqtt.Devices.Tests.Hosting;

/// <summary>An application that hosts more than one fleet.</summary>
public sealed class ManyFleetsTests(EmbeddedBroker broker) : IClassFixture<EmbeddedBroker>
{
    [Fact]
    public async Task Each_fleet_that_is_added_is_hosted()
    {
        var model = Bench.Fleet.Devices[0].Model;
        var options = new DeviceFleetOptions { Broker = broker.Url };
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddDeviceFleet(new FleetDefinition { Name = "one", Devices = [Bench.Device("many-a", model)] }, options);
        builder.Services.AddDeviceFleet(new FleetDefinition { Name = "two", Devices = [Bench.Device("many-b", model), Bench.Device("many-c", model)] }, options);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal([1, 2], host.Services.GetServices<DeviceFleetService>().Select(service => service.Host!.Online).Order());
        await host.StopAsync(TestContext.Current.CancellationToken);
    }
}
