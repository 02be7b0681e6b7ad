using IotMqtt.Devices.Health;
using IotMqtt.Models.Fleets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Devices;

/// <summary>Registers what hosts devices.</summary>
public static class DeviceFleetServices
{
    /// <summary>
    /// Hosts a fleet for as long as the application runs. The application's start fails with a <see cref="DeviceFleetException"/>
    /// where the fleet cannot start.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="fleet">The fleet.</param>
    /// <param name="options">Where, and within which bounds.</param>
    public static IServiceCollection AddDeviceFleet(this IServiceCollection services, FleetDefinition fleet, DeviceFleetOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new DeviceFleetService(
            fleet, options, provider.GetRequiredService<ILoggerFactory>(), provider.GetRequiredService<TimeProvider>()));
        return services.AddHostedService(provider => provider.GetRequiredService<DeviceFleetService>());
    }

    /// <summary>Keeps a file that says how the fleet is, for the health check of a container.</summary>
    /// <param name="services">The application's services, with a fleet.</param>
    /// <param name="file">The file.</param>
    public static IServiceCollection AddDeviceFleetHealthFile(this IServiceCollection services, string file) =>
        services.AddHostedService(provider => new HealthReporter(
            file,
            provider.GetRequiredService<DeviceFleetService>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
}
