using System.Collections.Immutable;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Faults;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Fleets.Reading;

/// <summary>The devices of a fleet while it is read.</summary>
internal sealed class DeviceRoster(DiagnosticBag diagnostics)
{
    private readonly List<DeviceDefinition> _devices = [];
    private readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);

    public IReadOnlyList<DeviceDefinition> Devices => _devices;

    public IEnumerable<string> Ids => _byId.Keys;

    /// <summary>Whether it has all devices that a fleet may have.</summary>
    public bool IsFull => _devices.Count == FleetFile.MaxDevices;

    /// <summary>Whether devices are missing, because something is wrong with their entries.</summary>
    public bool IsPart { get; set; }

    /// <returns>False, with an error, where its id is wrong or taken.</returns>
    public bool TryAdd(DeviceDefinition device, SourcePosition idAt)
    {
        if (!EntityName.IsValid(device.Id))
        {
            diagnostics.Error(idAt, $"\"{device.Id}\" cannot be the id of a device: {EntityName.Rule}", EntityName.Near(device.Id) is { } near ? $"write {near}" : null);
            return false;
        }

        if (_byId.TryGetValue(device.Id, out var other))
        {
            var first = _devices[other].At;
            diagnostics.Error(idAt, $"the id {device.Id} is there twice", (first.File == idAt.File, first.Line == device.At.Line) switch
            {
                (_, true) => "give each device an id of its own",
                (true, false) => $"it is on line {first.Line} too",
                _ => $"it is at {first} too",
            });
            return false;
        }

        if (IsFull)
        {
            diagnostics.Error(idAt, $"a fleet has at most {FleetFile.MaxDevices} devices");
            return false;
        }

        _byId.Add(device.Id, _devices.Count);
        _devices.Add(device);
        return true;
    }

    public int IndexOf(string id) => _byId.GetValueOrDefault(id, -1);

    /// <summary>Gives a device a fault, and the label that goes with it.</summary>
    public void AddFault(int device, FaultDefinition fault, string? label)
    {
        var known = _devices[device];
        _devices[device] = known with
        {
            Faults = known.Faults.Add(fault),
            Labels = label is null ? known.Labels : known.Labels.SetItem(label, "true"),
        };
    }

    public ImmutableArray<DeviceDefinition> Build() => [.. _devices];
}
