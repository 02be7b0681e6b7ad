using IotMqtt.Models.Devices.Reading;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Expressions.Checking;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Fleets.Reading;

/// <summary>The parts of a device entry that differ from device to device, read and checked.</summary>
internal sealed class EntryTemplates
{
    private static readonly ValueTemplate Nothing = new ValueTemplate.Constant(Value.Of(ValueMap.Empty));

    private readonly DiagnosticBag _diagnostics;
    private readonly Func<string, string?> _lookup;
    private readonly Dictionary<string, Shape> _names = new(StringComparer.Ordinal) { ["n"] = Shape.Any, ["env"] = Shape.Any };
    private readonly ValueMap.Builder _environment = new();
    private readonly YamlMap? _initial;

    public EntryTemplates(MapReader map, DeviceTable? table, Func<string, string?> lookup, DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
        _lookup = lookup;
        foreach (var column in table?.Columns ?? [])
        {
            _names[column] = Shape.Any;
        }

        VariableNames = [.. map.Entries("vars").Select(entry => entry.Key.Text)];
        Vars = Map(map, "vars", key => ModelNames.CheckVariable(key, "a variable", diagnostics));
        foreach (var entry in map.Entries("vars"))
        {
            if (!_names.TryAdd(entry.Key.Text, Shape.Any) && entry.Key.Text != "n")
            {
                diagnostics.Error(entry.Key.At, $"the name {entry.Key.Text} is taken: env and the columns of a file are names too");
            }
        }

        Labels = Map(map, "labels", _ => { }, asText: true);
        Initial = Map(map, "initial", _ => { });
        _initial = map.Take("initial") as YamlMap;
    }

    public ValueTemplate Vars { get; }

    /// <summary>The names of the variables.</summary>
    public IReadOnlyList<string> VariableNames { get; }

    public ValueTemplate Labels { get; }

    public ValueTemplate Initial { get; }

    /// <summary>The environment variables that are used.</summary>
    public ValueMap Environment => _environment.Build();

    /// <summary>Reads a template and checks its names.</summary>
    public ValueTemplate? Read(YamlNode node) => Read(node, _names);

    /// <summary>Reads a template of what a device has once its id is known.</summary>
    public ValueTemplate? ReadWithId(YamlNode node) => Read(node, new Dictionary<string, Shape>(_names, StringComparer.Ordinal) { ["id"] = Shape.Any });

    private ValueTemplate? Read(YamlNode node, Dictionary<string, Shape> names)
    {
        var template = ValueTemplate.Parse(node, _diagnostics);
        ExpressionCheck.Check(template, new NameTable(names), _diagnostics);
        foreach (var path in template?.Expressions.SelectMany(expression => expression.Paths) ?? [])
        {
            if (path is { IsDevice: false, Root.Name: "env", Members: [var variable, ..] })
            {
                if (EnvironmentVariable.Find(_lookup, variable.Name, out var problem) is { } text)
                {
                    _environment.TryAdd(variable.Name, Value.Of(text));
                }
                else
                {
                    _diagnostics.Error(variable.At, problem!);
                }
            }
        }

        return template;
    }

    /// <summary>Where an initial value is written.</summary>
    public SourcePosition PositionOfInitial(string property) => _initial?.Find(property)?.At ?? SourcePosition.None;

    private ValueTemplate Map(MapReader map, string key, Action<YamlScalar> check, bool asText = false)
    {
        if (map.Take(key) is not { } node || MapReader.Open(node, key, _diagnostics) is not { } entries)
        {
            return Nothing;
        }

        foreach (var entry in entries.Map.Entries)
        {
            check(entry.Key);
            if (asText)
            {
                NodeReader.AnyText(entry.Value, $"the label {entry.Key.Text}", _diagnostics);
            }
        }

        return Read(asText ? AsText(entries.Map) : node) ?? Nothing;
    }

    /// <summary>A label <c>floor: 3</c> is the text as it is written.</summary>
    private static YamlMap AsText(YamlMap map) => map with
    {
        Entries = [.. map.Entries.Select(entry => entry.Value is YamlScalar scalar && !scalar.Text.Contains("${", StringComparison.Ordinal)
            ? entry with { Value = scalar with { IsQuoted = true } }
            : entry)],
    };
}
