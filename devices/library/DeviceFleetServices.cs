using IotMqtt.Devices.Health;
using IotMqtt.Models.Fleets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Devices;

/// <summary>Registers what hosts devices.</summary>
public static class DeviceFleetServices
{
    /// <summary>
    /// Hosts a fleet for as long as the application runs; each call one more. The application's start fails with a <see cref="DeviceFleetException"/>
    /// where the fleet cannot start.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="fleet">The fleet.</param>
    /// <param name="options">Where, and within which bounds.</param>
    public static IServiceCollection AddDeviceFleet(this IServiceCollection services, FleetDefinition fleet, DeviceFleetOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);

        // A key of its own: a second fleet is another service, not the same one again.
        var key = new object();
        services.AddKeyedSingleton(key, (provider, _) => new DeviceFleetService(
            fleet, options, provider.GetRequiredService<ILoggerFactory>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => provider.GetRequiredKeyedService<DeviceFleetService>(key));
        return services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<DeviceFleetService>(key));
    }

    /// <summary>Keeps a file that says how all fleets are, for the health check of a container.</summary>
    /// <param name="services">The application's services, with a fleet or several.</param>
    /// <param name="file">The file.</param>
    public static IServiceCollection AddDeviceFleetHealthFile(this IServiceCollection services, string file) =>
        services.AddHostedService(provider => new HealthReporter(
            file,
            [.. provider.GetServices<DeviceFleetService>()],
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
}
