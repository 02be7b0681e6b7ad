using IotMqtt.Engine.Programs;
using IotMqtt.Models.Fleets;

namespace IotMqtt.Engine.Worlds;

/// <summary>Which devices a selection means.</summary>
internal static class Selections
{
    /// <summary>Whether a device fits all the given parts.</summary>
    public static bool Fits(DeviceSelection selection, DeviceDefinition device) =>
        (selection.Model is null || string.Equals(selection.Model, device.Model.Name, StringComparison.Ordinal))
        && (selection.Ids.IsEmpty || selection.Ids.Contains(device.Id, StringComparer.Ordinal))
        && selection.Labels.All(label => device.Labels.TryGetValue(label.Key, out var value) && string.Equals(value, label.Value, StringComparison.Ordinal));
}
