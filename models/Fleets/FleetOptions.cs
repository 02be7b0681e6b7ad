using System.Collections.Immutable;
using IotMqtt.Models.Devices;

namespace IotMqtt.Models.Fleets;

/// <summary>What a fleet is expanded with.</summary>
public sealed record FleetOptions
{
    /// <summary>The seed of the run: it decides which devices <c>on-devices: 5%</c> means, and what <c>Math.random</c> gives.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Models that the fleet may name besides its files and the built-in ones, such as those of classes in C#.</summary>
    public ImmutableArray<DeviceModel> Models { get; init; } = [];

    /// <summary>Looks up <c>${env.X}</c>: null where X is not set. The environment of this process unless something else is given.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;
}
