using System.Globalization;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Reading;

/// <summary>
/// Reads one node as a type. Where the node is something else, that is noted with what to write, and null comes back; so a strict
/// reader reads on and finds all errors at once. <c>what</c> names the node in messages: it is the key, such as <c>topic</c>.
/// </summary>
internal static class NodeReader
{
    /// <summary>Reads text. A plain <c>5</c> or <c>true</c> is none: it needs quotes.</summary>
    public static string? Text(YamlNode node, string what, DiagnosticBag diagnostics)
    {
        if (node is not YamlScalar scalar)
        {
            diagnostics.Error(node.At, $"{what} must be a text, but is {node.Describe()}");
            return null;
        }

        if (!scalar.IsQuoted && !PlainScalar.IsText(scalar.Text))
        {
            diagnostics.Error(node.At, $"{what} must be a text, but {scalar.Text} is none", $"write \"{scalar.Text}\", in quotes");
            return null;
        }

        return scalar.Text;
    }

    /// <summary>Reads a scalar as it is written, whatever it looks like: for labels, where <c>floor: 3</c> means the text.</summary>
    public static string? AnyText(YamlNode node, string what, DiagnosticBag diagnostics)
    {
        if (node is YamlScalar scalar)
        {
            return scalar.Text;
        }

        diagnostics.Error(node.At, $"{what} must be a text, but is {node.Describe()}");
        return null;
    }

    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    public static bool? Boolean(YamlNode node, string what, DiagnosticBag diagnostics)
    {
        if (Plain(node) is { } text && PlainScalar.TryResolve(text, out var value, out _) && value.Kind == ValueKind.Boolean)
        {
            return value.AsBoolean;
        }

        var meant = (node as YamlScalar)?.Text.ToLowerInvariant() switch
        {
            "yes" or "on" or "true" or "y" or "1" => "write true",
            "no" or "off" or "false" or "n" or "0" => "write false",
            _ => null,
        };
        diagnostics.Error(node.At, $"{what} must be true or false, but is {node.Describe()}", meant);
        return null;
    }

    /// <summary>Reads a whole number.</summary>
    public static long? Integer(YamlNode node, string what, DiagnosticBag diagnostics, long min = long.MinValue, long max = long.MaxValue)
    {
        if (Numeric(node) is { Kind: ValueKind.Integer } value && value.AsInteger >= min && value.AsInteger <= max)
        {
            return value.AsInteger;
        }

        diagnostics.Error(
            node.At, $"{what} must be a whole number{Range<long>(min == long.MinValue ? null : min, max == long.MaxValue ? null : max)}, but is {node.Describe()}", Unquoted(node));
        return null;
    }

    /// <summary>Reads a number.</summary>
    public static double? Number(YamlNode node, string what, DiagnosticBag diagnostics, double? min = null, double? max = null)
    {
        if (Numeric(node) is { } value && !(value.AsNumber < min) && !(value.AsNumber > max))
        {
            return value.AsNumber;
        }

        diagnostics.Error(node.At, $"{what} must be a number{Range(min, max)}, but is {node.Describe()}", Unquoted(node));
        return null;
    }

    /// <summary>Reads a duration: <c>500ms</c>, <c>5s</c>, <c>1m30s</c>.</summary>
    public static TimeSpan? Duration(YamlNode node, string what, DiagnosticBag diagnostics)
    {
        if (node is YamlScalar scalar && DurationText.TryParse(scalar.Text, out var duration))
        {
            return duration;
        }

        var hint = node is YamlScalar { Text: var text } ? DurationText.Hint(text) : null;
        diagnostics.Error(node.At, $"{what} must be a duration such as 500ms, 5s or 1m30s, but is {node.Describe()}", hint);
        return null;
    }

    /// <summary>Reads a duration, a range <c>300ms..1s</c>, or <c>{ normal: { mean: 500ms, sd: 100ms } }</c>.</summary>
    public static DurationSpec? DurationSpec(YamlNode node, string what, DiagnosticBag diagnostics)
    {
        if (node is YamlMap)
        {
            return NormalDuration(node, what, diagnostics);
        }

        if (node is not YamlScalar scalar || !scalar.Text.Contains("..", StringComparison.Ordinal))
        {
            return Duration(node, what, diagnostics) is { } value ? new DurationSpec.Fixed(value) : null;
        }

        var dots = scalar.Text.IndexOf("..", StringComparison.Ordinal);
        var (from, to) = (scalar.Text[..dots], scalar.Text[(dots + 2)..]);
        if (!DurationText.TryParse(from, out var min) || !DurationText.TryParse(to, out var max))
        {
            var (least, greatest) = (DurationText.Meant(from), DurationText.Meant(to.TrimStart('.')));
            diagnostics.Error(
                node.At, $"{what} must be a range of durations such as 300ms..1s, but is {node.Describe()}", least is null || greatest is null ? null : $"write {least}..{greatest}");
            return null;
        }

        if (min > max)
        {
            diagnostics.Error(node.At, $"{what} ends before it begins: {node.Describe()}", $"write {DurationText.Format(max)}..{DurationText.Format(min)}");
            return null;
        }

        return min == max ? new DurationSpec.Fixed(min) : new DurationSpec.Uniform(min, max);
    }

    /// <summary>Reads a percentage such as <c>30%</c> or <c>0.5%</c>.</summary>
    /// <returns>0 to 100.</returns>
    public static double? Percent(YamlNode node, string what, DiagnosticBag diagnostics)
    {
        var text = (node as YamlScalar)?.Text;
        if (text is [.., '%'] && PlainScalar.IsJsonNumber(text.AsSpan(0, text.Length - 1))
            && double.Parse(text.AsSpan(0, text.Length - 1), NumberStyles.Float, CultureInfo.InvariantCulture) is >= 0 and <= 100 and var percent)
        {
            return percent;
        }

        var guess = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number is >= 0 and <= 1 ? $"write {Math.Round(number * 100, 6)}%" : number is > 1 and <= 100 ? $"write {number}%" : null
            : null;
        diagnostics.Error(node.At, $"{what} must be a percentage from 0% to 100%, such as 5%, but is {node.Describe()}", guess);
        return null;
    }

    /// <summary>Reads one of several texts.</summary>
    public static T? OneOf<T>(YamlNode node, string what, DiagnosticBag diagnostics, params ReadOnlySpan<(string Name, T Choice)> choices)
        where T : struct
    {
        var names = new List<string>(choices.Length);
        foreach (var (name, choice) in choices)
        {
            if (node is YamlScalar scalar && string.Equals(scalar.Text, name, StringComparison.Ordinal))
            {
                return choice;
            }

            names.Add(name);
        }

        var closest = node is YamlScalar { Text: var text } ? Suggest.Closest(text, names) : null;
        diagnostics.Error(node.At, $"{what} must be {Listed(names)}, but is {node.Describe()}", closest is null ? null : $"did you mean \"{closest}\"?");
        return null;
    }

    /// <summary>Reads any node as a value: lists, maps, text, numbers and booleans as they are.</summary>
    public static Value? Value(YamlNode node, DiagnosticBag diagnostics)
    {
        switch (node)
        {
            case YamlScalar { IsQuoted: true } quoted:
                return Values.Value.Of(quoted.Text);
            case YamlScalar scalar:
                if (PlainScalar.TryResolve(scalar.Text, out var value, out var suggestion))
                {
                    return value;
                }

                diagnostics.Error(
                    node.At,
                    PlainScalar.IsJsonNumber(scalar.Text) ? $"{scalar.Text} is greater than any number" : $"{scalar.Text} is a number that YAML and JSON write differently",
                    suggestion);
                return null;
            case YamlList list:
                var items = list.Items.Select(item => Value(item, diagnostics)).ToArray();
                return items.Any(item => item is null) ? null : Values.Value.Of([.. items.Select(item => item!.Value)]);
            default:
                var map = new ValueMap.Builder();
                var complete = true;
                foreach (var entry in ((YamlMap)node).Entries)
                {
                    var read = Value(entry.Value, diagnostics);
                    complete &= read is not null;
                    map.Set(entry.Key.Text, read ?? default);
                }

                return complete ? Values.Value.Of(map.Build()) : null;
        }
    }

    internal static string Listed(IReadOnlyList<string> names) => names.Count == 1
        ? names[0]
        : $"{string.Join(", ", names.Take(names.Count - 1))} or {names[^1]}";

    private static DurationSpec.Normal? NormalDuration(YamlNode node, string what, DiagnosticBag diagnostics)
    {
        if (MapReader.Open(node, what, diagnostics) is not { } outer)
        {
            return null;
        }

        var normal = outer.RequireMap("normal");
        outer.Done();
        if (normal is null)
        {
            return null;
        }

        var mean = normal.RequireDuration("mean");
        var deviation = normal.RequireDuration("sd");
        normal.Done();
        return mean is null || deviation is null ? null : new(mean.Value, deviation.Value);
    }

    /// <summary>What to write for a number that is in quotes.</summary>
    private static string? Unquoted(YamlNode node) => node is YamlScalar { IsQuoted: true, Text: var text } && PlainScalar.IsJsonNumber(text)
        ? $"write {text}, without quotes"
        : null;

    private static string? Plain(YamlNode node) => node is YamlScalar { IsQuoted: false } scalar ? scalar.Text : null;

    private static Value? Numeric(YamlNode node) =>
        Plain(node) is { } text && PlainScalar.TryResolve(text, out var value, out _) && value.IsNumeric ? value : null;

    private static string Range<T>(T? min, T? max)
        where T : struct, IFormattable => (min, max) switch
        {
            (null, null) => "",
            (not null, null) => $" of at least {min}",
            (null, not null) => $" of at most {max}",
            _ => $" from {min} to {max}",
        };
}
