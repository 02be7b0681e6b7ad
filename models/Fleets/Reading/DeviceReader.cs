using System.Diagnostics.CodeAnalysis;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Devices.Reading;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Fleets.Reading;

/// <summary>Reads an entry of <c>devices:</c> and expands it.</summary>
internal sealed class DeviceReader(
    string path, ModelTable models, FleetOptions options, ConnectionShape? fleetConnection, DeviceRoster roster, DiagnosticBag diagnostics)
{
    private readonly ExpressionEvaluator _evaluator = new();
    private readonly Dictionary<string, DeviceModel> _overridden = new(StringComparer.Ordinal);

    public void Read(YamlNode node)
    {
        if (MapReader.Open(node, "a device", diagnostics) is not { } map)
        {
            roster.IsPart = true;
            return;
        }

        var before = diagnostics.Noted;
        var model = Model(map);
        var count = map.Integer("count", 1, FleetFile.MaxDevices);
        var table = map.Text("from") is { } from ? DeviceTable.Read(FilePaths.Resolve(path, from), map.Take("from")!.At, diagnostics) : null;
        if (count is not null && map.Has("from"))
        {
            diagnostics.Error(map.Take("count")!.At, "count and from exclude each other: a row of the file is a device");
        }

        var templates = new EntryTemplates(map, table, options.Environment, diagnostics);
        var overridden = model is null ? null : Overridden(model, map.Entries("commands"));
        var shape = overridden is null ? null : new EntryShape(overridden, templates, diagnostics);
        shape?.CheckInitialNames(map.Entries("initial"));
        CheckVariables(overridden, map, templates);
        var connection = Connection(map, templates);
        var id = Id(map, table, templates, count);
        map.Done();
        if (diagnostics.Noted == before && shape is not null && id is not null && !models.IsWrong(model!.Name))
        {
            var entry = new Entry(id.Value.Template, id.Value.At, shape, templates, connection);
            Expand(map.At, entry, table, (int)(count ?? table?.Rows.Length ?? 1));
        }

        roster.IsPart |= diagnostics.Noted != before || shape is null || models.IsWrong(model!.Name);
    }

    private DeviceModel? Model(MapReader map)
    {
        if (map.RequireText("model") is not { } name)
        {
            return null;
        }

        if (models.TryGet(name, out var model))
        {
            return model;
        }

        // A model that cannot be read may be called anything, but hardly almost like another.
        if (!models.IsPart || models.Closest(name) is not null)
        {
            diagnostics.Error(map.Take("model")!.At, $"there is no model \"{name}\"", models.Suggestion(name) ?? "list its file under models:");
        }

        return null;
    }

    /// <summary>What the messages of a model use and it does not have itself, its devices must be given.</summary>
    private void CheckVariables(DeviceModel? model, MapReader map, EntryTemplates templates)
    {
        foreach (var use in model?.Variables ?? [])
        {
            if (!templates.VariableNames.Contains(use.Name))
            {
                var known = model!.Properties.Select(property => property.Name).Concat(templates.VariableNames).Append("id");
                diagnostics.Error(
                    use.At,
                    $"there is no `{use.Name}` here: {model.Name} has no such property, and the device at {map.At} no such variable",
                    Suggest.Closest(use.Name, known) is { } near ? $"did you mean `{near}`?" : $"give the device vars: {{ {use.Name}: … }}");
            }
        }
    }

    private DeviceModel Overridden(DeviceModel model, IReadOnlyList<YamlEntry> entries)
    {
        if (entries.Count == 0)
        {
            return model;
        }

        var reader = new CommandReader(model.Properties, [.. model.Properties.Select(property => property.Name)], model.Events, [.. model.Sends.Select(send => send.Name)], diagnostics);
        var commands = model.Commands.ToBuilder();
        foreach (var (key, value) in entries)
        {
            var index = model.Commands.Select(command => command.Name).ToList().IndexOf(key.Text);
            if (index < 0)
            {
                diagnostics.Error(key.At, $"{model.Name} has no command \"{key.Text}\"", Suggest.For(key.Text, model.Commands.Select(command => command.Name)));
            }
            else if (reader.Read(key, value, from: model.Commands[index]) is { } command)
            {
                commands[index] = command;
            }
        }

        // Devices with equal overrides share one model, and its topic.
        var made = ModelHashing.Seal(model with { Commands = commands.DrainToImmutable() });
        return made.Hash == model.Hash ? model : _overridden.TryGetValue(made.Hash, out var same) ? same : _overridden[made.Hash] = made;
    }

    private (ValueTemplate Template, SourcePosition At)? Id(MapReader map, DeviceTable? table, EntryTemplates templates, long? count)
    {
        var node = map.Take("id");
        if (node is null && table is not null && table.Columns.Contains("id", StringComparer.Ordinal))
        {
            return (ValueTemplate.Parse("${id}", map.At, diagnostics)!, map.At);
        }

        if (node is null)
        {
            if (!map.Has("from") || table is not null)
            {
                map.Require("id");
            }

            return null;
        }

        var template = templates.Read(node);
        if (template is { IsConstant: true } && (count > 1 || map.Has("from")))
        {
            diagnostics.Error(node.At, "all devices of this entry would have this id", "put ${n} into it");
        }

        return template is null ? null : (template, node.At);
    }

    private ConnectionTemplates? Connection(MapReader map, EntryTemplates templates)
    {
        var own = map.Take("connection") is { } node ? ConnectionReader.Read(node, diagnostics) : null;
        return (own?.Over(fleetConnection) ?? fleetConnection) is { } shape ? new ConnectionTemplates(shape, path, templates.ReadWithId, diagnostics) : null;
    }

    private void Expand(SourcePosition at, Entry entry, DeviceTable? table, int count)
    {
        var scope = new FleetScope(entry.Templates.Environment);
        for (var n = 1; n <= count; n++)
        {
            scope.N = n;
            scope.Row = table?.Rows[n - 1] ?? ValueMap.Empty;
            scope.Vars = ValueMap.Empty;
            scope.Id = null;
            var places = table is null ? new Places(at, entry.IdAt) : new Places(table.Lines[n - 1], table.IdOf(n - 1));

            // What is wrong with one of a count is wrong with all; rows of a file differ.
            if (!Add(scope, places, $"{path}:{at.Line}:{n}", entry) && (table is null || roster.IsFull))
            {
                return;
            }
        }
    }

    private bool Add(FleetScope scope, in Places places, string salt, Entry entry)
    {
        var (shape, templates) = (entry.Shape, entry.Templates);
        var inputs = new ExpressionInputs(DateTimeOffset.UnixEpoch, SeededChance.Derive(options.Seed, salt));
        if (!Evaluate(templates.Vars, scope, inputs, places.Device, out var vars))
        {
            return false;
        }

        scope.Vars = vars.AsMap;
        if (!Evaluate(entry.Id, scope, inputs, places.Id, out var text) || !Evaluate(templates.Labels, scope, inputs, places.Device, out var labels)
            || !Evaluate(templates.Initial, scope, inputs, places.Device, out var initial))
        {
            return false;
        }

        if (text.Kind is not (ValueKind.Text or ValueKind.Integer))
        {
            diagnostics.Error(places.Id, $"an id must be a text, but is {text.ToJson()}");
            return false;
        }

        scope.Id = text.Kind == ValueKind.Text ? text.AsText : text.ToJson();
        var connection = entry.Connection?.Compute(scope.Id, template => _evaluator.Evaluate(template, scope, inputs));
        if (connection is null && entry.Connection is not null)
        {
            return false;
        }

        if (Defaulted(shape.Model, vars.AsMap, scope, inputs, places.Device) is not { } variables)
        {
            return false;
        }

        var device = new DeviceDefinition
        {
            Id = scope.Id,
            Model = shape.Model,
            At = places.Device,
            Vars = variables,
            Labels = shape.Labels(labels.AsMap),
            Initial = initial.AsMap,
            Connection = connection,
        };
        return shape.CheckInitial(initial.AsMap) && roster.TryAdd(device, places.Id);
    }

    /// <summary>The variables that the fleet gives, and those of the model that it does not.</summary>
    private ValueMap? Defaulted(DeviceModel model, ValueMap given, FleetScope scope, in ExpressionInputs inputs, SourcePosition at)
    {
        if (model.Defaults.IsEmpty)
        {
            return given;
        }

        var variables = new ValueMap.Builder(given);
        foreach (var (name, template) in model.Defaults)
        {
            if (given.TryGet(name, out _))
            {
                continue;
            }

            if (!Evaluate(template, scope, inputs, at, out var value))
            {
                return null;
            }

            variables.Set(name, value);
        }

        return variables.Build();
    }

    private bool Evaluate(
        ValueTemplate template, FleetScope scope, in ExpressionInputs inputs, SourcePosition at, [NotNullWhen(true)] out Value value)
    {
        var evaluation = _evaluator.Evaluate(template, scope, inputs);
        value = evaluation.Value;
        if (evaluation.Error is { } error)
        {
            diagnostics.Error(at, scope.N == 1 ? error : $"{error} (for n = {scope.N})");
        }

        return !evaluation.Failed;
    }

    /// <summary>What the devices of an entry are made from.</summary>
    private sealed record Entry(ValueTemplate Id, SourcePosition IdAt, EntryShape Shape, EntryTemplates Templates, ConnectionTemplates? Connection);

    /// <summary>Where a device and its id are written: in its entry, or in the row of its file.</summary>
    private readonly record struct Places(SourcePosition Device, SourcePosition Id);
}
