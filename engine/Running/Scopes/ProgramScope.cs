using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Scopes;

/// <summary>
/// The names that a program sees at some place: its variables, <c>params</c>, <c>steps</c>, and <c>error</c> in a <c>catch</c>. Devices and
/// <c>env</c> come from the world. A branch sees what was set before it and what it sets itself; what it has set is taken over when all
/// branches have ended.
/// </summary>
internal sealed class ProgramScope
{
    private readonly ProgramScope? _outer;
    private readonly ProgramContext _program;
    private readonly string? _fixedName;
    private readonly Value _fixedValue;
    private readonly bool _isDevice;
    private Dictionary<string, Value>? _variables;
    private Dictionary<string, Value>? _steps;

    internal ProgramScope(ProgramContext program) => _program = program;

    private ProgramScope(ProgramScope outer, string? name, Value value, bool isDevice)
    {
        _outer = outer;
        _program = outer._program;
        _fixedName = name;
        _fixedValue = value;
        _isDevice = isDevice;
    }

    /// <summary>The names there are, for suggestions.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            var names = new HashSet<string>(StringComparer.Ordinal) { "params", "steps" };
            for (var scope = this; scope is not null; scope = scope._outer)
            {
                if (scope._fixedName is not null)
                {
                    names.Add(scope._fixedName);
                }

                if (scope._variables is not null)
                {
                    names.UnionWith(scope._variables.Keys);
                }
            }

            return names;
        }
    }

    /// <summary>The value of a name. A name that stands for a device is not resolved here: see <see cref="TryResolveDevice"/>.</summary>
    public bool TryResolve(string name, out Value value)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            if (scope._variables is not null && scope._variables.TryGetValue(name, out value))
            {
                return true;
            }

            if (string.Equals(scope._fixedName, name, StringComparison.Ordinal))
            {
                value = scope._fixedValue;
                return !scope._isDevice;
            }
        }

        switch (name)
        {
            case "params":
                value = Value.Of(_program.Parameters);
                return true;
            case "steps":
                value = Steps();
                return true;
            default:
                value = default;
                return false;
        }
    }

    /// <summary>The id of the device that a variable of an <c>each</c> stands for.</summary>
    public bool TryResolveDevice(string name, out string device)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            if (string.Equals(scope._fixedName, name, StringComparison.Ordinal))
            {
                device = scope._isDevice ? scope._fixedValue.AsText : "";
                return scope._isDevice;
            }
        }

        device = "";
        return false;
    }

    internal ProgramContext Program => _program;

    /// <summary>A parameter, or null.</summary>
    internal Value Parameter(string name) => _program.Parameters.TryGet(name, out var value) ? value : default;

    /// <summary>A scope for a branch, an attempt.</summary>
    internal ProgramScope Branch() => new(this, null, default, false);

    /// <summary>A scope in which one more name stands for a value.</summary>
    internal ProgramScope With(string name, Value value) => new(this, name, value, false);

    /// <summary>A scope in which one more name stands for a device.</summary>
    internal ProgramScope WithDevice(string name, string device) => new(this, name, Value.Of(device), true);

    internal void Set(string name, Value value) => (_variables ??= new(StringComparer.Ordinal))[name] = value;

    internal void SetStep(string id, Value step) => (_steps ??= new(StringComparer.Ordinal))[id] = step;

    /// <summary>Whether it is known how a step ended.</summary>
    internal bool HasStep(string id) => TryGetStep(id, out _);

    /// <summary>Whether something was set in it.</summary>
    internal bool HasOwn => _variables is not null || _steps is not null;

    /// <summary>Takes over what was set in a scope that has ended.</summary>
    internal void Absorb(ProgramScope ended)
    {
        if (ended._variables is not null)
        {
            foreach (var (name, value) in ended._variables)
            {
                Set(name, value);
            }
        }

        if (ended._steps is not null)
        {
            foreach (var (id, step) in ended._steps)
            {
                SetStep(id, step);
            }
        }
    }

    private Value Steps()
    {
        var steps = new ValueMap.Builder();
        foreach (var id in _program.Ids.All)
        {
            steps.Set(id, TryGetStep(id, out var step) ? step : StepResult.Pending);
        }

        return Value.Of(steps.Build());
    }

    private bool TryGetStep(string id, out Value step)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            if (scope._steps is not null && scope._steps.TryGetValue(id, out step))
            {
                return true;
            }
        }

        step = default;
        return false;
    }
}
