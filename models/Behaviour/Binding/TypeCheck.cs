using System.Buffers;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour.Binding;

/// <summary>Whether a value that came over the wire or out of an expression fits a type.</summary>
internal static class TypeCheck
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>What is wrong with a value, such as <c>must be an integer, but is "two"</c>; null: it fits.</summary>
    public static string? Mismatch(DataType type, Value value) => type.Kind switch
    {
        DataTypeKind.Boolean => value.Kind == ValueKind.Boolean ? null : Not("true or false", value),
        DataTypeKind.Integer => value.Kind == ValueKind.Integer ? Range(type, value) : Not("an integer", value),
        DataTypeKind.Number => value.IsNumeric ? Range(type, value) : Not("a number", value),
        DataTypeKind.Text => value.Kind == ValueKind.Text ? null : Not("a text", value),
        DataTypeKind.Enum => value.Kind == ValueKind.Text && type.Options.Contains(value.AsText) ? null : NoOption(type, value),
        DataTypeKind.Color => value.Kind == ValueKind.Text && IsColor(value.AsText) ? null : Not("a color such as \"#ff8800\"", value),
        DataTypeKind.List => value.Kind == ValueKind.List ? null : Not("a list", value),
        _ => value.Kind == ValueKind.Map ? null : Not("an object", value),
    };

    private static string? Range(DataType type, Value value) =>
        value.AsNumber < type.Min ? $"must be at least {type.Min}, but is {value.ToJson()}"
        : value.AsNumber > type.Max ? $"must be at most {type.Max}, but is {value.ToJson()}"
        : null;

    private static string NoOption(DataType type, Value value)
    {
        var suggestion = value.Kind == ValueKind.Text ? Suggest.Closest(value.AsText, type.Options) : null;
        var message = Not($"one of {string.Join(", ", type.Options)}", value);
        return suggestion is null ? message : $"{message}; did you mean \"{suggestion}\"?";
    }

    private static string Not(string wanted, Value value) => $"must be {wanted}, but is {value.ToJson()}";

    private static bool IsColor(string text) => text is ['#', ..] and { Length: 4 or 7 } && !text.AsSpan(1).ContainsAnyExcept(HexDigits);
}
