using System.Collections.Immutable;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Faults;
using IotMqtt.Models.Fleets.Connections;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Fleets;

/// <summary>A fleet, read and expanded: <c>count</c>, <c>vars</c>, overrides and faults are applied, each device stands for itself.</summary>
public sealed record FleetDefinition
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The devices, in the order of the file; ids are unique.</summary>
    public required ImmutableArray<DeviceDefinition> Devices { get; init; }

    /// <summary>Whether something is wrong with the fleet, so that devices are missing that its file means to have.</summary>
    public bool IsPart { get; init; }

    /// <summary>A fleet of which nothing is known.</summary>
    public static FleetDefinition Unknown { get; } = new() { Name = "?", Devices = [], IsPart = true };

    /// <summary>The device of that id, or null.</summary>
    public DeviceDefinition? Find(string id) => _byId.Value.GetValueOrDefault(id);

    private readonly Lazy<Dictionary<string, DeviceDefinition>> _byId;

    /// <summary>Indexed when first asked.</summary>
    public FleetDefinition() => _byId = new(() => Devices.ToDictionary(device => device.Id, StringComparer.Ordinal));
}

/// <summary>One device of a fleet.</summary>
public sealed record DeviceDefinition
{
    /// <summary>Its id: letters, digits, <c>-</c>, <c>_</c>; unique in the fleet.</summary>
    public required string Id { get; init; }

    /// <summary>Its model, this device's overrides applied (devices without overrides share one instance).</summary>
    public required DeviceModel Model { get; init; }

    /// <summary>Where the fleet file says so.</summary>
    public required SourcePosition At { get; init; }

    /// <summary>Labels, for selectors.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Variables of the device, such as its serial number.</summary>
    public ValueMap Vars { get; init; } = ValueMap.Empty;

    /// <summary>Initial values that differ from the model's, by property name.</summary>
    public ValueMap Initial { get; init; } = ValueMap.Empty;

    /// <summary>Its connection to the broker of its back end, where it has one of its own; null: one connection serves all.</summary>
    public ConnectionDefinition? Connection { get; init; }

    /// <summary>The faults that it has from the start, with their labels.</summary>
    public ImmutableArray<FaultDefinition> Faults { get; init; } = [];
}
