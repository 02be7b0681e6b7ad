using IotMqtt.Hosting.Logging;
using IotMqtt.Models.Fleets;
using IotMqtt.Protocol.Links;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Devices.Hosting;

/// <summary>What the program was asked to do: the fleet, the options that it is hosted with, and the program's own.</summary>
internal sealed record WorkerOptions
{
    public string? FleetFile { get; init; }

    /// <summary>Which part of the fleet it hosts; null: all of it.</summary>
    public FleetShare? Worker { get; init; }

    public DeviceFleetOptions Fleet { get; init; } = new() { Broker = BrokerUrl.Parse("mqtt://127.0.0.1:1883") };

    /// <summary>Where the worker says how it is; null: nowhere. Containers of the official images say that they are some.</summary>
    public string? HealthFile { get; init; } =
        Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER") == "true" ? Path.Combine(SharedMemory, "iotmqtt-devices.health") : null;

    // Writable for every user, and where the root is read-only, too.
    private static string SharedMemory => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    public LogOptions Log { get; init; } = new(LogLevel.Information);
}
