using IotMqtt.Models.Fleets;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Worlds;

/// <summary>A device as expressions see it.</summary>
internal static class DeviceView
{
    /// <summary>A map with <c>id</c>, <c>model</c>, <c>state</c>, <c>labels</c>, <c>vars</c>.</summary>
    public static Value Of(DeviceDefinition device, ValueMap state)
    {
        var labels = new ValueMap.Builder();
        foreach (var (name, value) in device.Labels)
        {
            labels.Set(name, Value.Of(value));
        }

        return Value.Of(ValueMap.Of(
            ("id", Value.Of(device.Id)),
            ("model", Value.Of(device.Model.Name)),
            ("state", Value.Of(state)),
            ("labels", Value.Of(labels.Build())),
            ("vars", Value.Of(device.Vars))));
    }
}
