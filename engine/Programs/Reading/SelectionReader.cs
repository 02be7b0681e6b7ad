using System.Collections.Immutable;
using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>Reads which devices: a model, a list of ids, or a mapping of both and labels.</summary>
internal static class SelectionReader
{
    /// <summary>What it takes.</summary>
    public static string Schema { get; } = Shape.Ref("selection");

    /// <summary>The keys of the mapping.</summary>
    public static KeyTable Keys { get; } = new(
        new("model", Shape.Name, "Devices of this model."),
        new("labels", Shape.MapOf(Shape.Message), "Devices with these labels."),
        new("ids", Shape.ListOf(Shape.Name), "These devices."));

    /// <summary>Reads the selection.</summary>
    public static DeviceSelection? Read(YamlNode node, DiagnosticBag diagnostics)
    {
        switch (node)
        {
            case YamlScalar:
                return ValueReader.Name(node, "each", diagnostics) is { } model ? DeviceSelection.All with { Model = model, At = node.At } : null;
            case YamlList list:
                return Ids(list, diagnostics) is { } ids ? DeviceSelection.All with { Ids = ids.Names, IdsAt = ids.At, At = node.At } : null;
        }

        var map = MapReader.Open(node, "each", diagnostics)!;
        Keys.Check(map.Map, "each", diagnostics);
        if (map.Map.IsEmpty)
        {
            diagnostics.Error(node.At, "each selects nothing", $"give it one of: {string.Join(", ", Keys.Names)}");
            return null;
        }

        var labels = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var entry in map.Entries("labels"))
        {
            if (NodeReader.AnyText(entry.Value, $"the label {entry.Key.Text}", diagnostics) is { } text)
            {
                labels[entry.Key.Text] = text;
            }
        }

        var (names, places) = map.Take("ids") is { } these ? Ids(these, diagnostics) ?? ([], []) : ([], []);
        return new(map.Take("model") is { } of ? ValueReader.Name(of, "model", diagnostics) : null, labels.ToImmutable(), names)
        {
            At = map.Take("model")?.At ?? map.Take("labels")?.At ?? node.At,
            IdsAt = places,
        };
    }

    private static (ImmutableArray<string> Names, ImmutableArray<SourcePosition> At)? Ids(YamlNode node, DiagnosticBag diagnostics)
    {
        if (node is not YamlList { IsEmpty: false } list)
        {
            diagnostics.Error(node.At, "this is no list of ids", "write [light-1, light-2]");
            return null;
        }

        var ids = ImmutableArray.CreateBuilder<string>(list.Items.Count);
        var places = ImmutableArray.CreateBuilder<SourcePosition>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (ValueReader.Name(item, "a device", diagnostics) is not { } id)
            {
                continue;
            }

            if (ids.Contains(id))
            {
                diagnostics.Error(item.At, $"\"{id}\" is there twice", "remove one of them");
            }
            else
            {
                ids.Add(id);
                places.Add(item.At);
            }
        }

        return (ids.DrainToImmutable(), places.DrainToImmutable());
    }
}
