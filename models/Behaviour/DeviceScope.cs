using IotMqtt.Models.Expressions;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour;

/// <summary>
/// The names that a device's expressions may use: its properties, its <c>vars</c>, its <c>id</c>, <c>args</c> in a command, <c>t</c> and <c>n</c>
/// in a reading and in a message, and what a message that came brings along.
/// </summary>
internal sealed class DeviceScope(DeviceDefinition device) : IExpressionScope
{
    private Value[] _state = [];
    private Value _arguments;
    private Value _seconds;
    private Value _count;
    private ValueMap _names = ValueMap.Empty;

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

            foreach (var name in _names)
            {
                yield return name.Key;
            }
        }
    }

    /// <summary>Stands on a state, in a command.</summary>
    public DeviceScope ForCommand(Value[] state, ValueMap arguments)
    {
        (_state, _arguments, _seconds, _count, _names) = (state, Value.Of(arguments), Value.Null, Value.Null, ValueMap.Empty);
        return this;
    }

    /// <summary>Stands on a state, in a reading.</summary>
    public DeviceScope ForReading(Value[] state, double seconds, long count)
    {
        (_state, _arguments, _seconds, _count, _names) = (state, Value.Null, Value.Of(seconds), Value.Of(count), ValueMap.Empty);
        return this;
    }

    /// <summary>Stands on a state, with the names of a message that came.</summary>
    public DeviceScope ForMessage(Value[] state, ValueMap names)
    {
        (_state, _arguments, _seconds, _count, _names) = (state, Value.Null, Value.Null, Value.Null, names);
        return this;
    }

    /// <summary>Stands on a state, in a message to send.</summary>
    public DeviceScope ForMessage(Value[] state, ValueMap names, long count, double seconds)
    {
        (_state, _arguments, _seconds, _count, _names) = (state, Value.Null, Value.Of(seconds), Value.Of(count), names);
        return this;
    }

    public bool TryResolve(string name, out Value value)
    {
        if (_names.TryGet(name, out value))
        {
            return true;
        }

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
        if (!value.IsNull || device.Vars.TryGet(name, out value))
        {
            return true;
        }

        // Its id, where it has nothing else of that name.
        value = name == "id" ? Value.Of(device.Id) : Value.Null;
        return !value.IsNull;
    }

    public bool TryResolveDevice(string id, out Value device)
    {
        device = default;
        return false;
    }
}
