using IotMqtt.Models.Fleets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Devices;

/// <summary>Hosts a fleet for as long as its host runs.</summary>
internal sealed class DeviceFleetService(FleetDefinition fleet, DeviceFleetOptions options, ILoggerFactory loggerFactory, TimeProvider time) : IHostedService
{
    /// <summary>The fleet, once it has started.</summary>
    public DeviceFleetHost? Host { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken) =>
        Host = await DeviceFleetHost.StartAsync(fleet, options, loggerFactory, time, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Host?.StopAsync(cancellationToken) ?? Task.CompletedTask;
}
