using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text.Json;

namespace IotMqtt.Models.Values;

public readonly partial struct Value
{
    /// <summary>A boolean.</summary>
    public static implicit operator Value(bool value) => Of(value);

    /// <summary>A whole number.</summary>
    public static implicit operator Value(long value) => Of(value);

    /// <summary>A number.</summary>
    public static implicit operator Value(double value) => Of(value);

    // Text is not converted by itself: null would be, too, wherever a Value? is meant.

    /// <summary>Whether this is that text.</summary>
    public static bool operator ==(Value left, string? right) => left == Of(right);

    /// <summary>Whether this is not that text.</summary>
    public static bool operator !=(Value left, string? right) => left != Of(right);

    /// <summary>What a mapping has by that name; <see cref="Null"/> where it has nothing, or where this is no mapping.</summary>
    public Value this[string name] => _content is ValueMap map && map.TryGet(name, out var value) ? value : Null;

    /// <summary>
    /// A value of C#: scalars are themselves, enums their names, dictionaries and anonymous objects mappings with the names that they have,
    /// other sequences lists.
    /// </summary>
    /// <param name="source">The value of C#.</param>
    /// <exception cref="ArgumentException">There is no such value in JSON.</exception>
    public static Value From(object? source) => source switch
    {
        null => Null,
        Value value => value,
        ValueMap map => Of(map),
        string text => Of(text),
        bool boolean => Of(boolean),
        sbyte or byte or short or ushort or int or uint or long => Of(Convert.ToInt64(source, CultureInfo.InvariantCulture)),
        float or double or decimal => Of(Convert.ToDouble(source, CultureInfo.InvariantCulture)),
        ulong or UInt128 or Int128 or BigInteger => Of(BigInteger.Parse(((IFormattable)source).ToString(null, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
        DateTimeOffset or DateTime => Of(((IFormattable)source).ToString("O", CultureInfo.InvariantCulture)),
        Enum or char or Guid or Uri => Of(source.ToString()),
        JsonElement or System.Text.Json.Nodes.JsonNode or JsonDocument => Parsed(JsonSerializer.SerializeToUtf8Bytes(source)),
        IDictionary entries => Of(Named(entries.Keys.Cast<object>().Select(key => (Convert.ToString(key, CultureInfo.InvariantCulture)!, entries[key])))),
        IEnumerable items => Of([.. items.Cast<object?>().Select(From)]),
        _ => Of(Named(source.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.GetIndexParameters().Length == 0).Select(property => (property.Name, property.GetValue(source))))),
    };

    private static ValueMap Named(IEnumerable<(string Name, object? Value)> entries)
    {
        var map = new ValueMap.Builder();
        foreach (var (name, value) in entries)
        {
            map.Set(name, From(value));
        }

        return map.Build();
    }

    private static Value Parsed(byte[] json) =>
        TryParseJson(json, out var value, out var wrong) ? value : throw new ArgumentException($"it is no JSON: {wrong}");
}
