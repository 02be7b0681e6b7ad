using IotMqtt.Models.Expressions;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour;

/// <summary>
/// The names that a device's expressions may use: its properties, its <c>vars</c>, <c>args</c> in a command, <c>t</c> and <c>n</c> in a
/// reading.
/// </summary>
internal sealed class DeviceScope(DeviceDefinition device) : IExpressionScope
{
    private Value[] _state = [];
    private Value _arguments;
    private Value _seconds;
    private Value _count;

    public IEnumerable<string> Names
    {
        get
        {
            foreach (var property in device.Model.Properties)
            {
                yield return property.Name;
            }

            foreach (var name in device.Vars)
            {
                yield return name.Key;
            }

            if (!_arguments.IsNull)
            {
                yield return "args";
            }

            if (!_count.IsNull)
            {
                yield return "t";
                yield return "n";
            }
        }
    }

    /// <summary>Stands on a state, in a command.</summary>
    public DeviceScope ForCommand(Value[] state, ValueMap arguments)
    {
        (_state, _arguments, _seconds, _count) = (state, Value.Of(arguments), Value.Null, Value.Null);
        return this;
    }

    /// <summary>Stands on a state, in a reading.</summary>
    public DeviceScope ForReading(Value[] state, double seconds, long count)
    {
        (_state, _arguments, _seconds, _count) = (state, Value.Null, Value.Of(seconds), Value.Of(count));
        return this;
    }

    public bool TryResolve(string name, out Value value)
    {
        var slot = device.Model.IndexOfProperty(name);
        if (slot >= 0)
        {
            value = _state[slot];
            return true;
        }

        value = name switch
        {
            "args" => _arguments,
            "t" => _seconds,
            "n" => _count,
            _ => Value.Null,
        };
        return !value.IsNull || device.Vars.TryGet(name, out value);
    }

    public bool TryResolveDevice(string id, out Value device)
    {
        device = default;
        return false;
    }
}
