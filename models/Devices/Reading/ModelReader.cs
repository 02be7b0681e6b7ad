using System.Collections.Immutable;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Expressions.Checking;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Devices.Reading;

/// <summary>Reads a model. DESIGN section 6.</summary>
internal static class ModelReader
{
    public const int MaxConcurrency = 1000;

    /// <returns>The model; what could not be read of it is missing, and there is an error for it. Null where not even its name is there.</returns>
    public static DeviceModel? Read(YamlNode root, DiagnosticBag diagnostics)
    {
        if (MapReader.Open(root, "a model", diagnostics) is not { } map)
        {
            return null;
        }

        var name = map.RequireText("model");
        if (name is not null)
        {
            ModelNames.CheckEntity(map.Take("model")!.At, name, "a model", diagnostics);
        }

        var defaults = Defaults(map, diagnostics);
        var declared = map.MapOf("properties")?.Map;
        var properties = Properties(declared?.Entries ?? [], diagnostics);
        string[] names = declared is null ? [] : [.. declared.Entries.Select(entry => entry.Key.Text), .. declared.Lost];
        var ownNames = new OwnNames(names, diagnostics);
        var isExternal = ExternalReader.IsExternal(map);
        var own = new OwnTopicReader(properties, names, ownNames, diagnostics, isExternal);
        var external = isExternal ? new ExternalReader(ownNames, Keys(map.Take("receives")), diagnostics) : null;
        var events = Events(map, own, diagnostics);
        var (sends, triggers) = own.Sends(map);
        var commands = Commands(map.Entries("commands"), new(properties, names, events, [.. triggers.Select(trigger => trigger.Name)], diagnostics, external));
        commands = [.. commands, .. triggers.Where(trigger => commands.All(command => command.Name != trigger.Name))];
        var telemetry = Telemetry(map.Entries("telemetry"), names, own, diagnostics);
        var receives = own.Receives(map, commands);
        var (will, births) = (own.Will(map), own.Births(map));
        var concurrency = map.Integer("concurrency", 1, MaxConcurrency) ?? 1;
        map.Refuse("connection", "is for fleets: a model does not say where its devices connect");
        var online = external?.Online(map) ?? [];
        map.Done();
        return name is null ? null : ModelHashing.Seal(new()
        {
            Name = name,
            Hash = "",
            Properties = properties,
            Commands = commands,
            Telemetry = telemetry,
            Events = events,
            Receives = receives,
            Sends = sends,
            Will = will,
            Births = births,
            IsExternal = isExternal,
            Online = online,
            Defaults = defaults,
            Variables = [.. ownNames.Variables.Where(use => defaults.All(known => known.Key != use.Name))],
            Concurrency = (int)concurrency,
        });
    }

    private static ImmutableArray<KeyValuePair<string, ValueTemplate>> Defaults(MapReader map, DiagnosticBag diagnostics)
    {
        var defaults = ImmutableArray.CreateBuilder<KeyValuePair<string, ValueTemplate>>();
        foreach (var (key, node) in map.Entries("vars"))
        {
            ModelNames.CheckVariable(key, "a variable", diagnostics);
            var value = ValueTemplate.Parse(node, diagnostics);
            ExpressionCheck.Check(value, ModelNames.Table(["id"]), diagnostics);
            if (value is not null)
            {
                defaults.Add(KeyValuePair.Create(key.Text, value));
            }
        }

        return defaults.DrainToImmutable();
    }

    private static string[] Keys(YamlNode? node) => node is YamlMap map ? [.. map.Entries.Select(entry => entry.Key.Text), .. map.Lost] : [];

    private static ImmutableArray<PropertyDefinition> Properties(IReadOnlyList<YamlEntry> entries, DiagnosticBag diagnostics)
    {
        var properties = ImmutableArray.CreateBuilder<PropertyDefinition>(entries.Count);
        foreach (var entry in entries)
        {
            ModelNames.CheckVariable(entry.Key, "a property", diagnostics);
            if (TypeReader.Property(entry.Key.Text, entry.Value, diagnostics) is { } property)
            {
                properties.Add(property);
            }
        }

        return properties.DrainToImmutable();
    }

    private static ImmutableArray<CommandDefinition> Commands(IReadOnlyList<YamlEntry> entries, CommandReader reader)
    {
        var commands = ImmutableArray.CreateBuilder<CommandDefinition>(entries.Count);
        foreach (var entry in entries)
        {
            if (reader.Read(entry.Key, entry.Value, from: null) is { } command)
            {
                commands.Add(command);
            }
        }

        return commands.DrainToImmutable();
    }

    private static ImmutableArray<EventDefinition> Events(MapReader map, OwnTopicReader own, DiagnosticBag diagnostics)
    {
        if (map.Take("events") is YamlMap named)
        {
            return EventsWithMessages(named, own, diagnostics);
        }

        var items = map.List("events");
        var events = ImmutableArray.CreateBuilder<EventDefinition>(items.Count);
        foreach (var item in items)
        {
            if (NodeReader.Text(item, "an event", diagnostics) is not { } name)
            {
                continue;
            }

            ModelNames.CheckEntity(item.At, name, "an event", diagnostics);
            if (events.Any(known => known.Name == name))
            {
                diagnostics.Error(item.At, $"the event \"{name}\" is there twice", "remove one of them");
            }
            else
            {
                events.Add(new(name));
            }
        }

        return events.DrainToImmutable();
    }

    private static ImmutableArray<EventDefinition> EventsWithMessages(YamlMap named, OwnTopicReader own, DiagnosticBag diagnostics)
    {
        var events = ImmutableArray.CreateBuilder<EventDefinition>(named.Entries.Count);
        foreach (var (key, node) in named.Entries)
        {
            ModelNames.CheckEntity(key.At, key.Text, "an event", diagnostics);
            if (MapReader.Open(node, $"the event {key.Text}", diagnostics) is { } entry)
            {
                // An empty mapping is an event without a message of its own.
                events.Add(new(key.Text) { Message = entry.Map.IsEmpty ? null : own.OfEvent(entry, key.Text) });
                entry.Done();
            }
        }

        return events.DrainToImmutable();
    }

    private static ImmutableArray<TelemetryDefinition> Telemetry(
        IReadOnlyList<YamlEntry> entries, string[] properties, OwnTopicReader own, DiagnosticBag diagnostics)
    {
        var names = ModelNames.Table(properties, ("t", Shape.Any), ("n", Shape.Any));
        var readings = ImmutableArray.CreateBuilder<TelemetryDefinition>(entries.Count);
        foreach (var (key, value) in entries)
        {
            ModelNames.CheckEntity(key.At, key.Text, "a reading", diagnostics);
            if (MapReader.Open(value, $"the reading {key.Text}", diagnostics) is not { } map)
            {
                continue;
            }

            var every = map.Require("every") is { } interval ? NodeReader.DurationSpec(interval, "every", diagnostics) : null;
            if (every is not null && every.Mean < TimeSpan.FromMilliseconds(1))
            {
                diagnostics.Error(map.Take("every")!.At, "every must be at least 1ms");
            }

            var template = map.Require("value") is { } node ? ValueTemplate.Parse(node, diagnostics) : null;
            ExpressionCheck.Check(template, names, diagnostics);
            var message = own.OfReading(map, key.Text);
            map.Done();
            if (every is not null && template is not null)
            {
                readings.Add(new(key.Text, every, template) { Message = message });
            }
        }

        return readings.DrainToImmutable();
    }
}
