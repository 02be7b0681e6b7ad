using IotMqtt.Models.Devices;
using IotMqtt.Models.Expressions.Checking;
using IotMqtt.Models.Fleets;

namespace IotMqtt.Engine.Programs.Validation;

/// <summary>What expressions may read of devices.</summary>
internal sealed class DeviceShapes
{
    private readonly Dictionary<DeviceModel, Shape> _states = new(ReferenceEqualityComparer.Instance);

    /// <summary>What is known of one device.</summary>
    public Shape Of(DeviceDefinition device) => Of([device]);

    /// <summary>What any of several devices may have.</summary>
    public Shape Of(IReadOnlyList<DeviceDefinition> devices)
    {
        var models = devices.Select(device => device.Model).Distinct(ReferenceEqualityComparer.Instance).Cast<DeviceModel>().ToArray();
        var name = string.Join(" or ", models.Select(model => model.Name).Distinct());
        return Shape.Of(
            new Dictionary<string, Shape>(StringComparer.Ordinal)
            {
                ["id"] = Shape.Any,
                ["model"] = Shape.Any,
                ["state"] = models.Length == 1 ? State(models[0]) : Shape.Of(models.SelectMany(PropertiesOf).Distinct(), name),
                ["labels"] = Shape.Of(devices.SelectMany(device => device.Labels.Keys).Distinct(), "its labels"),
                ["vars"] = Shape.Of(devices.SelectMany(device => device.Vars.Select(entry => entry.Key)).Distinct(), "its vars"),
            },
            devices.Count == 1 ? $"the device {devices[0].Id}" : "a device");
    }

    private Shape State(DeviceModel model)
    {
        if (!_states.TryGetValue(model, out var shape))
        {
            shape = Shape.Of(PropertiesOf(model), model.Name);
            _states[model] = shape;
        }

        return shape;
    }

    private static IEnumerable<string> PropertiesOf(DeviceModel model) => model.Properties.Select(property => property.Name);
}
