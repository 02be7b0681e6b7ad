using System.Collections.Immutable;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Expressions.Checking;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Devices.Reading;

/// <summary>Reads the commands of a model, and what a fleet overrides in them.</summary>
/// <param name="properties">The properties of the model, as far as they could be read.</param>
/// <param name="declared">The names of all properties that it declares.</param>
/// <param name="events">Its events.</param>
/// <param name="sends">The names of the messages that it sends on topics of its own.</param>
/// <param name="diagnostics">Gets what is wrong.</param>
/// <param name="external">Reads what commands of devices that are not ours have; null: the model is of devices that are emulated.</param>
internal sealed class CommandReader(
    ImmutableArray<PropertyDefinition> properties, IReadOnlyCollection<string> declared, ImmutableArray<EventDefinition> events,
    IReadOnlyCollection<string> sends, DiagnosticBag diagnostics, ExternalReader? external = null)
{
    private readonly AssignmentReader _assignments = new(properties, declared, diagnostics);

    /// <summary>Reads a command.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="node">Its mapping.</param>
    /// <param name="from">The command that it overrides in part; null: it is a new one.</param>
    public CommandDefinition? Read(YamlScalar key, YamlNode node, CommandDefinition? from)
    {
        if (MapReader.Open(node, $"the command {key.Text}", diagnostics) is not { } map)
        {
            return null;
        }

        var command = from ?? new CommandDefinition { Name = key.Text };
        if (from is null)
        {
            ModelNames.CheckEntity(key.At, key.Text, "a command", diagnostics);
            command = command with { Parameters = Parameters(map.Entries("args")) };
        }
        else
        {
            map.Refuse("args", "cannot be overridden", "make a model of its own");
        }

        if (from is null && external is not null)
        {
            command = external.Read(map, command);
        }
        else
        {
            foreach (var foreign in ExternalReader.CommandKeys)
            {
                map.Refuse(foreign, from is null ? "is for devices that are not ours" : "cannot be overridden", from is null ? "write external: true at the top of the model" : "make a model of its own");
            }
        }

        var arguments = from is null && map.Take("args") is YamlMap args
            ? args.Entries.Select(entry => entry.Key.Text).Concat(args.Lost)
            : command.Parameters.Select(parameter => parameter.Name);
        var names = ModelNames.Table(declared, ("args", Shape.Of(arguments)));
        var after = command.Done is null ? names : ModelNames.Table(declared, ("args", Shape.Of(arguments)), ("value", Shape.Any), ("topic", Shape.Any));
        command = command with
        {
            Takes = map.DurationSpec("takes") ?? command.Takes,
            Requires = Requires(map, names) ?? command.Requires,
            Otherwise = map.Text("otherwise") ?? command.Otherwise,
            Set = map.Has("set") ? _assignments.Read(map.Entries("set"), node => Template(node, after)) : command.Set,
            Result = Template(map.Take("result"), after) ?? command.Result,
            Emits = map.Take("emits") is { } emits ? Emissions(emits, after) : command.Emits,
            Sends = map.Has("sends") ? Messages(map.OneOrList("sends")) : command.Sends,
        };
        if (command is { Otherwise: not null, Requires: null } && map.Take("otherwise") is { } alone && !map.Has("requires"))
        {
            diagnostics.Error(alone.At, "otherwise says why requires does not hold, and there is no requires");
        }

        map.Done();
        return command;
    }

    private ImmutableArray<ParameterDefinition> Parameters(IReadOnlyList<YamlEntry> entries)
    {
        var parameters = ImmutableArray.CreateBuilder<ParameterDefinition>(entries.Count);
        foreach (var entry in entries)
        {
            ModelNames.CheckVariable(entry.Key, "an argument", diagnostics);
            if (TypeReader.Parameter(entry.Key.Text, entry.Value, diagnostics) is { } parameter)
            {
                parameters.Add(parameter);
            }
        }

        return parameters.DrainToImmutable();
    }

    private Expression? Requires(MapReader map, NameTable names)
    {
        if (map.Take("requires") is not { } node || Expression.Parse(node, diagnostics) is not { } expression)
        {
            return null;
        }

        ExpressionCheck.Check(expression, names, diagnostics);
        return expression;
    }

    private ValueTemplate? Template(YamlNode? node, NameTable names)
    {
        var template = node is null ? null : ValueTemplate.Parse(node, diagnostics);
        ExpressionCheck.Check(template, names, diagnostics);
        return template;
    }

    private ImmutableArray<EventEmission> Emissions(YamlNode node, NameTable names)
    {
        var emissions = ImmutableArray.CreateBuilder<EventEmission>();
        switch (node)
        {
            case YamlMap map:
                foreach (var entry in map.Entries)
                {
                    if (Event(entry.Key.At, entry.Key.Text) && Template(entry.Value, names) is { } payload)
                    {
                        emissions.Add(new(entry.Key.Text, payload));
                    }
                }

                break;
            default:
                foreach (var item in node is YamlList list ? list.Items : [node])
                {
                    if (NodeReader.Text(item, "an event", diagnostics) is { } name && Event(item.At, name))
                    {
                        emissions.Add(new(name, new ValueTemplate.Constant(Value.Of(ValueMap.Empty))));
                    }
                }

                break;
        }

        return emissions.DrainToImmutable();
    }

    private ImmutableArray<string> Messages(IReadOnlyList<YamlNode> items)
    {
        var messages = ImmutableArray.CreateBuilder<string>(items.Count);
        foreach (var item in items)
        {
            if (NodeReader.Text(item, "a message", diagnostics) is not { } name)
            {
                continue;
            }

            if (sends.Contains(name))
            {
                messages.Add(name);
            }
            else
            {
                diagnostics.Error(item.At, $"there is no message \"{name}\" to send", Suggest.For(name, sends) ?? $"declare it: sends: {{ {name}: {{ topic: … }} }}");
            }
        }

        return messages.DrainToImmutable();
    }

    private bool Event(SourcePosition at, string name)
    {
        if (events.Any(known => known.Name == name))
        {
            return true;
        }

        diagnostics.Error(at, $"there is no event \"{name}\"", Suggest.For(name, events.Select(known => known.Name)) ?? $"declare it: events: [{name}]");
        return false;
    }
}
