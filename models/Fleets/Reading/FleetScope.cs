using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Fleets.Reading;

/// <summary>What the expressions of a device entry see: <c>n</c>, <c>env</c>, the columns of its file, and its vars.</summary>
internal sealed class FleetScope(ValueMap environment) : IExpressionScope
{
    /// <summary>Counts the devices of the entry, from 1.</summary>
    public long N { get; set; } = 1;

    /// <summary>The columns of the device's row.</summary>
    public ValueMap Row { get; set; } = ValueMap.Empty;

    /// <summary>The device's vars, as far as they are known.</summary>
    public ValueMap Vars { get; set; } = ValueMap.Empty;

    /// <summary>The id of the device, once it is known; null before.</summary>
    public string? Id { get; set; }

    public IEnumerable<string> Names => ["n", "env", .. Row.Select(entry => entry.Key), .. Vars.Select(entry => entry.Key)];

    public bool TryResolve(string name, out Value value)
    {
        if (name == "n")
        {
            value = Value.Of(N);
            return true;
        }

        if (name == "env")
        {
            value = Value.Of(environment);
            return true;
        }

        if (name == "id" && Id is not null)
        {
            value = Value.Of(Id);
            return true;
        }

        return Vars.TryGet(name, out value) || Row.TryGet(name, out value);
    }

    public bool TryResolveDevice(string id, out Value device)
    {
        device = default;
        return false;
    }
}
