using System.Collections.Immutable;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Devices.Reading;

/// <summary>
/// Reads a type and what goes with it: <c>boolean</c>, <c>{ type: integer, min: 0, max: 254 }</c>, <c>{ enum: [open, closed] }</c>.
/// </summary>
internal static class TypeReader
{
    private static readonly (string Name, DataTypeKind Kind)[] Kinds =
    [
        ("boolean", DataTypeKind.Boolean), ("integer", DataTypeKind.Integer), ("number", DataTypeKind.Number), ("text", DataTypeKind.Text),
        ("color", DataTypeKind.Color), ("list", DataTypeKind.List), ("object", DataTypeKind.Object),
    ];

    /// <summary>Reads an argument of a command or a parameter of a program: its type, <c>default</c> and <c>optional</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="node">The name of a type, or a mapping.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    public static ParameterDefinition? Parameter(string name, YamlNode node, DiagnosticBag diagnostics)
    {
        if (node is YamlScalar)
        {
            return Named(node, diagnostics) is { } named ? new(name, named, null, Optional: false) : null;
        }

        if (MapReader.Open(node, name, diagnostics) is not { } map)
        {
            return null;
        }

        var type = Type(map);
        var optional = map.Boolean("optional") ?? false;
        var fallback = Typed(map.Take("default"), "default", type, diagnostics);
        map.Done();
        return type is null ? null : new(name, type, fallback, optional || (fallback is null && map.Has("default")));
    }

    /// <summary>Reads a property: its type and <c>initial</c>.</summary>
    internal static PropertyDefinition? Property(string name, YamlNode node, DiagnosticBag diagnostics)
    {
        if (node is YamlScalar)
        {
            return Named(node, diagnostics) is { } named ? new(name, named, named.DefaultInitial()) : null;
        }

        if (MapReader.Open(node, name, diagnostics) is not { } map)
        {
            return null;
        }

        var type = Type(map);
        var initial = Typed(map.Take("initial"), "initial", type, diagnostics);
        map.Done();
        return type is null ? null : new(name, type, initial ?? type.DefaultInitial());
    }

    /// <summary>Reads a value that must be of a type.</summary>
    internal static Value? Typed(YamlNode? node, string what, DataType? type, DiagnosticBag diagnostics)
    {
        if (node is null || NodeReader.Value(node, diagnostics) is not { } value)
        {
            return null;
        }

        if (type?.Check(value) is { } wrong)
        {
            diagnostics.Error(node.At, $"{what} {wrong}", Near(value, type));
            return null;
        }

        return value;
    }

    /// <summary>What may have been meant by a value of another type.</summary>
    public static string? Near(Value value, DataType type) => type.Kind switch
    {
        DataTypeKind.Enum when value.Kind == ValueKind.Text && Suggest.Closest(value.AsText, type.Options) is { } closest => $"did you mean \"{closest}\"?",
        DataTypeKind.Text when value.Kind is ValueKind.Boolean or ValueKind.Integer or ValueKind.BigInteger or ValueKind.Number => $"write \"{value.ToJson()}\", in quotes",
        DataTypeKind.Boolean when value == Value.Of("yes") || value == Value.Of("on") => "write true",
        DataTypeKind.Boolean when value == Value.Of("no") || value == Value.Of("off") => "write false",
        _ => null,
    };

    private static DataType? Type(MapReader map)
    {
        var options = map.Take("enum");
        var named = map.Take("type");
        var (min, max) = (map.Number("min"), map.Number("max"));
        if (options is not null)
        {
            if (named is not null || min is not null || max is not null)
            {
                map.Diagnostics.Error((named ?? map.Take("min") ?? map.Take("max"))!.At, "an enum has no type, min or max", "remove it");
            }

            return Enum(options, map.Diagnostics);
        }

        if (named is null && (map.Map.Mentions("type") || map.Map.Mentions("enum")))
        {
            return null;
        }

        if (named is null)
        {
            map.Diagnostics.Error(map.At, "the type is missing", $"write type: {string.Join(", ", Kinds.Select(kind => kind.Name))}; or enum: [ … ]");
            return null;
        }

        if (Named(named, map.Diagnostics) is not { } type)
        {
            return null;
        }

        if ((min is not null || max is not null) && type.Kind is not (DataTypeKind.Integer or DataTypeKind.Number))
        {
            map.Diagnostics.Error((map.Take("min") ?? map.Take("max"))!.At, "only an integer or a number has min and max", "remove it");
        }
        else if (min > max)
        {
            map.Diagnostics.Error(map.Take("min")!.At, $"min {min} is greater than max {max}");
        }
        else if (type.Kind == DataTypeKind.Integer)
        {
            Whole(map, "min", min);
            Whole(map, "max", max);
        }

        return type with { Min = min, Max = max };
    }

    private static void Whole(MapReader map, string key, double? bound)
    {
        if (bound is { } value && (value != Math.Floor(value) || Math.Abs(value) > 1L << 53))
        {
            map.Diagnostics.Error(map.Take(key)!.At, $"the {key} of an integer must be a whole number up to 2^53, but is {map.Take(key)!.Describe()}");
        }
    }

    private static DataType? Enum(YamlNode node, DiagnosticBag diagnostics)
    {
        if (node is not YamlList { IsEmpty: false } list)
        {
            diagnostics.Error(node.At, $"enum must be a list of texts, but is {node.Describe()}", "write enum: [open, closed]");
            return null;
        }

        var options = ImmutableArray.CreateBuilder<string>();
        foreach (var item in list.Items)
        {
            if (NodeReader.Text(item, "an option of an enum", diagnostics) is not { } option)
            {
                continue;
            }

            if (options.Contains(option))
            {
                diagnostics.Error(item.At, $"the option \"{option}\" is there twice", "remove one of them");
            }

            options.Add(option);
        }

        return options.Count == 0 ? null : new DataType { Kind = DataTypeKind.Enum, Options = options.ToImmutable() };
    }

    private static DataType? Named(YamlNode node, DiagnosticBag diagnostics)
    {
        foreach (var (name, kind) in Kinds)
        {
            if (node is YamlScalar scalar && scalar.Text == name)
            {
                return new() { Kind = kind };
            }
        }

        var meant = (node as YamlScalar)?.Text.ToLowerInvariant() switch
        {
            "bool" => "boolean",
            "int" or "long" or "uint" or "byte" => "integer",
            "float" or "double" or "decimal" or "real" => "number",
            "string" or "str" => "text",
            "colour" => "color",
            "array" => "list",
            "map" or "json" or "dict" => "object",
            "enum" => "enum: [ … ]",
            { } other => Suggest.Closest(other, Kinds.Select(kind => kind.Name)),
            null => null,
        };
        diagnostics.Error(
            node.At,
            $"there is no type {node.Describe()}",
            meant is null ? $"there is: {string.Join(", ", Kinds.Select(kind => kind.Name))}; or enum: [ … ]" : $"write {meant}");
        return null;
    }
}
