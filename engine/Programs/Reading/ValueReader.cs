using System.Collections.Immutable;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>Reads the values that steps hold: conditions, durations, names, templates.</summary>
internal static class ValueReader
{
    /// <summary>Reads a condition: bare JavaScript.</summary>
    public static Expression? Condition(YamlNode node, string what, DiagnosticBag diagnostics)
    {
        if (node is not YamlScalar scalar)
        {
            diagnostics.Error(node.At, $"{what} must be a condition, but is {node.Describe()}", "put a condition that begins with [ or { in quotes");
            return null;
        }

        var text = scalar.Text.AsSpan().Trim();
        if (text.StartsWith("${", StringComparison.Ordinal))
        {
            diagnostics.Error(node.At, $"{what} is a condition: it needs no ${{…}}", text is [.., '}'] ? $"write {text[2..^1].Trim()}" : null);
            return null;
        }

        return Expression.Parse(scalar, diagnostics);
    }

    /// <summary>Reads a duration that is written out or computed.</summary>
    public static DurationTemplate? Duration(YamlNode node, string what, DiagnosticBag diagnostics) =>
        IsComputed(node)
            ? ValueTemplate.Parse(node, diagnostics) is { } computed ? new(null, computed) : null
            : NodeReader.Duration(node, what, diagnostics) is { } constant ? DurationTemplate.Of(constant) : null;

    /// <summary>Reads a number of something; null where the key is not there.</summary>
    public static int? Count(MapReader map, string key, int least = 1) =>
        map.Take(key) is { } node ? Count(node, key, least, map.Diagnostics) : null;

    /// <summary>Reads a number of something; what is beyond counting is as much as can be counted.</summary>
    public static int? Count(YamlNode node, string what, int least, DiagnosticBag diagnostics) =>
        NodeReader.Integer(node, what, diagnostics, least) is { } count ? (int)Math.Min(count, int.MaxValue) : null;

    /// <summary>Reads a name that a program gives: letters, digits, <c>-</c> and <c>_</c>.</summary>
    public static string? Name(YamlNode node, string what, DiagnosticBag diagnostics)
    {
        if (NodeReader.Text(node, what, diagnostics) is not { } name)
        {
            return null;
        }

        if (Names.IsName(name))
        {
            return name;
        }

        diagnostics.Error(node.At, $"{what} must be a name of letters, digits, \"-\" and \"_\", but is {node.Describe()}");
        return null;
    }

    /// <summary>Reads the name of a variable, which expressions use as it is.</summary>
    public static string? Variable(YamlScalar scalar, string what, DiagnosticBag diagnostics)
    {
        if (Names.IsVariable(scalar.Text))
        {
            return scalar.Text;
        }

        diagnostics.Error(
            scalar.At,
            $"{what} must be a name that JavaScript takes, but is {scalar.Describe()}",
            Names.AsVariable(scalar.Text) is { } meant ? $"write {meant}" : null);
        return null;
    }

    /// <summary>Reads the <c>as</c> of a loop.</summary>
    public static string? As(MapReader step, DiagnosticBag diagnostics) => step.Take("as") switch
    {
        null => null,
        YamlScalar scalar => Variable(scalar, "as", diagnostics),
        var other => Refuse(other, "as must be a name", diagnostics),
    };

    /// <summary>Reads values by name.</summary>
    public static ImmutableArray<KeyValuePair<string, ValueTemplate>>? Named(MapReader step, string key, DiagnosticBag diagnostics)
    {
        if (step.Take(key) is not { } node)
        {
            return [];
        }

        return MapReader.Open(node, key, diagnostics) is { } map ? Named(map.Map, diagnostics) : null;
    }

    /// <summary>Reads the values of a mapping.</summary>
    public static ImmutableArray<KeyValuePair<string, ValueTemplate>>? Named(YamlMap map, DiagnosticBag diagnostics)
    {
        var values = ImmutableArray.CreateBuilder<KeyValuePair<string, ValueTemplate>>(map.Entries.Count);
        foreach (var entry in map.Entries)
        {
            if (ValueTemplate.Parse(entry.Value, diagnostics) is { } value)
            {
                values.Add(new(entry.Key.Text, value));
            }
        }

        return values.Count == map.Entries.Count && map.Lost.Count == 0 ? values.DrainToImmutable() : null;
    }

    /// <summary>Reads what a <c>log</c> or a <c>fail</c> says.</summary>
    public static ValueTemplate? Message(YamlNode node, string what, DiagnosticBag diagnostics)
    {
        if (node is YamlScalar)
        {
            return ValueTemplate.Parse(node, diagnostics);
        }

        diagnostics.Error(node.At, $"{what} must be a text, but is {node.Describe()}", "put text that begins with [ or { in quotes");
        return null;
    }

    /// <summary>Where each entry of a mapping is written.</summary>
    public static ImmutableArray<EntryPosition> PlacesOf(YamlNode? node) =>
        node is YamlMap map ? [.. map.Entries.Select(entry => new EntryPosition(entry.Key.At, entry.Value.At))] : [];

    /// <summary>Whether a node is text with <c>${…}</c> in it.</summary>
    public static bool IsComputed(YamlNode node) => node is YamlScalar scalar && scalar.Text.Contains("${", StringComparison.Ordinal);

    private static string? Refuse(YamlNode node, string message, DiagnosticBag diagnostics)
    {
        diagnostics.Error(node.At, $"{message}, but is {node.Describe()}");
        return null;
    }
}
