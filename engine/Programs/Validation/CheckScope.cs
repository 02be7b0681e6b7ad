using System.Collections.Immutable;
using IotMqtt.Models.Expressions.Checking;
using IotMqtt.Models.Fleets;

namespace IotMqtt.Engine.Programs.Validation;

/// <summary>The names that expressions may use at some place of a program. Immutable: a step that sets variables makes another.</summary>
internal sealed class CheckScope : INameTable
{
    private readonly CheckContext _context;
    private readonly ImmutableDictionary<string, Shape> _names;
    private readonly ImmutableHashSet<string> _fixed;

    /// <param name="context">The devices.</param>
    /// <param name="names">The names that are no devices.</param>
    public CheckScope(CheckContext context, IEnumerable<KeyValuePair<string, Shape>> names)
        : this(
            context,
            names.ToImmutableDictionary(StringComparer.Ordinal),
            ImmutableDictionary.Create<string, IReadOnlyList<DeviceDefinition>?>(StringComparer.Ordinal),
            ImmutableHashSet.Create<string>(StringComparer.Ordinal))
    {
    }

    private CheckScope(
        CheckContext context,
        ImmutableDictionary<string, Shape> names,
        ImmutableDictionary<string, IReadOnlyList<DeviceDefinition>?> devices,
        ImmutableHashSet<string> fixedNames)
    {
        _fixed = fixedNames;
        _context = context;
        _names = names;
        Devices = devices;
    }

    /// <summary>The variables that stand for devices, each with the devices that it may be; null: they are not known.</summary>
    public ImmutableDictionary<string, IReadOnlyList<DeviceDefinition>?> Devices { get; }

    /// <summary>The names, without those of devices.</summary>
    public ImmutableDictionary<string, Shape> Variables => _names;

    /// <inheritdoc/>
    public IEnumerable<string> Names => _context.Suggests ? _names.Keys.Concat(_context.DeviceIds) : _names.Keys;

    /// <summary>Whether a name is the <c>as</c> of a node around: it ends with that node, and nothing sets it.</summary>
    public bool IsFixed(string name) => _fixed.Contains(name);

    /// <summary>With one more name.</summary>
    public CheckScope With(string name, Shape shape) => new(_context, _names.SetItem(name, shape), Devices.Remove(name), _fixed);

    /// <summary>With the round of a <c>repeat</c>.</summary>
    public CheckScope WithRound(string name) => new(_context, _names.SetItem(name, Shape.Any), Devices.Remove(name), _fixed.Add(name));

    /// <summary>With one more variable that stands for a device.</summary>
    public CheckScope WithDevice(string name, IReadOnlyList<DeviceDefinition>? candidates) => new(
        _context,
        _names.SetItem(name, candidates is { Count: > 0 } ? _context.Shapes.Of(candidates) : Shape.Any),
        Devices.SetItem(name, candidates),
        _fixed.Add(name));

    /// <summary>With all variables of another scope that this one does not have.</summary>
    public CheckScope Adopting(CheckScope other, string? except = null)
    {
        if (ReferenceEquals(other, this))
        {
            return this;
        }

        var names = _names.ToBuilder();
        foreach (var (name, shape) in other._names)
        {
            if (name != except && !names.ContainsKey(name))
            {
                names[name] = shape;
            }
        }

        return names.Count == _names.Count ? this : new(_context, names.ToImmutable(), Devices, _fixed);
    }

    /// <inheritdoc/>
    public bool TryGet(string name, out Shape shape)
    {
        if (_names.TryGetValue(name, out shape!) || (Programs.Names.IsVariable(name) && TryGetDevice(name, out shape)))
        {
            return true;
        }

        shape = Shape.Any;
        return _context.IsPart || _context.Fleet.IsPart;
    }

    /// <inheritdoc/>
    public bool TryGetDevice(string id, out Shape shape)
    {
        var device = _context.Fleet.Find(id);
        shape = device is null ? Shape.Any : _context.Shapes.Of(device);
        return device is not null || _context.Fleet.IsPart;
    }
}
