using System.Globalization;
using System.Text;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Devices;

public sealed partial record DataType
{
    /// <summary>What a value of this type is, with its article: <c>an integer from 0 to 254</c>, <c>one of clean, used, flushed</c>.</summary>
    public string Describe() => Kind switch
    {
        DataTypeKind.Boolean => "true or false",
        DataTypeKind.Integer => "an integer" + Range(),
        DataTypeKind.Number => "a number" + Range(),
        DataTypeKind.Text => "a text",
        DataTypeKind.Enum => Options.Length == 1 ? Options[0] : $"one of {string.Join(", ", Options)}",
        DataTypeKind.Color => "a color such as \"#ff8800\"",
        DataTypeKind.List => "a list",
        _ => "an object",
    };

    /// <summary>Checks a value.</summary>
    /// <returns>What is wrong, such as <c>must be an integer from 0 to 254, but was 300</c>; null where it is of this type.</returns>
    public string? Check(Value value) => Accepts(value) ? null : $"must be {Describe()}, but was {Shown(value)}";

    /// <summary>
    /// The value that a text stands for where this type is wanted, as on a command line: text, options and colors are the text itself, whatever
    /// it looks like; anything else is read as JSON, and is text where it is none. Whether it is of this type, <see cref="Check"/> says.
    /// </summary>
    public Value FromText(string text) =>
        Kind is DataTypeKind.Text or DataTypeKind.Enum or DataTypeKind.Color || !Value.TryParseJson(Encoding.UTF8.GetBytes(text), out var value, out _)
            ? Value.Of(text)
            : value;

    /// <summary>What a property of this type is where its model does not say: false, 0 or the number next to it, an empty text, the first option, white.</summary>
    public Value DefaultInitial() => Kind switch
    {
        DataTypeKind.Boolean => Value.False,
        DataTypeKind.Integer or DataTypeKind.Number => Value.Of(Math.Min(Math.Max(0, Min ?? double.MinValue), Max ?? double.MaxValue)),
        DataTypeKind.Text => Value.Of(""),
        DataTypeKind.Enum => Value.Of(Options[0]),
        DataTypeKind.Color => Value.Of("#ffffff"),
        DataTypeKind.List => Value.Of(ReadOnlySpan<Value>.Empty),
        _ => Value.Of(ValueMap.Empty),
    };

    /// <inheritdoc/>
    public bool Equals(DataType? other) => other is not null
        && Kind == other.Kind && Min == other.Min && Max == other.Max && Options.AsSpan().SequenceEqual(other.Options.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Min, Max, Options.Length);

    private bool Accepts(Value value) => Kind switch
    {
        DataTypeKind.Boolean => value.Kind == ValueKind.Boolean,
        DataTypeKind.Integer => value.IsWhole && InRange(value),
        DataTypeKind.Number => value.IsNumeric && InRange(value),
        DataTypeKind.Text => value.Kind == ValueKind.Text,
        DataTypeKind.Enum => value.Kind == ValueKind.Text && Options.Contains(value.AsText),
        DataTypeKind.Color => value.Kind == ValueKind.Text && IsColor(value.AsText),
        DataTypeKind.List => value.Kind == ValueKind.List,
        _ => value.Kind == ValueKind.Map,
    };

    private bool InRange(Value value) => !(value.AsNumber < Min) && !(value.AsNumber > Max);

    private static bool IsColor(string text) => text.Length == 7 && text[0] == '#' && text.AsSpan(1).IndexOfAnyExcept(HexDigits) < 0;

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    private string Range() => (Min, Max) switch
    {
        (null, null) => "",
        ({ } min, null) => $" of at least {Number(min)}",
        (null, { } max) => $" of at most {Number(max)}",
        ({ } min, { } max) => $" from {Number(min)} to {Number(max)}",
    };

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Shown(Value value)
    {
        var json = value.ToJson();
        return json.Length > 60 ? json[..60] + "…" : json;
    }
}
