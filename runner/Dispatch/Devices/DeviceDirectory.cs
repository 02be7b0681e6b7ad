using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Devices;
using IotMqtt.Protocol.Ids;

namespace IotMqtt.Runner.Dispatch.Devices;

/// <summary>The devices that a run may command, sorted by id. Owned by the run loop.</summary>
internal sealed class DeviceDirectory : IDeviceCatalog
{
    private readonly SortedDictionary<string, KnownDevice> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<DeviceId, KnownDevice> _byId = [];

    public DeviceDirectory(IEnumerable<KnownDevice> devices)
    {
        foreach (var device in devices)
        {
            _byName.Add(device.Name, device);
            _byId.Add(device.Id, device);
        }
    }

    public IEnumerable<KnownDevice> All => _byName.Values;

    public KnownDevice? Find(string name) => _byName.GetValueOrDefault(name);

    public KnownDevice? Find(DeviceId id) => _byId.GetValueOrDefault(id);

    public DeviceModel? ModelOf(string device) => Find(device)?.Model;

    /// <summary>The devices that fit a selection, sorted by id.</summary>
    public IEnumerable<KnownDevice> Select(DeviceSelection selection) => All.Where(device =>
        (selection.Model is null || selection.Model == device.Model.Name)
        && (selection.Ids.IsDefaultOrEmpty || selection.Ids.Contains(device.Name))
        && selection.Labels.All(label => device.Labels.TryGetValue(label.Key, out var value) && value == label.Value));
}
