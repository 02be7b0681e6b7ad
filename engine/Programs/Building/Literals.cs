using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Programs.Building;

/// <summary>Turns values of C# into what YAML would have said: anonymous objects and dictionaries are mappings, text may hold <c>${…}</c>.</summary>
internal static class Literals
{
    /// <summary>The names and values of an object, a dictionary or a map.</summary>
    /// <param name="source">The object; null: nothing.</param>
    /// <param name="name">Checks each name.</param>
    public static ImmutableArray<KeyValuePair<string, ValueTemplate>> Named(object? source, Func<string, string>? name = null) =>
        source is null ? [] : [.. Entries(source).Select(entry => KeyValuePair.Create(name?.Invoke(entry.Key) ?? entry.Key, Of(entry.Value)))];

    /// <summary>A message's payload.</summary>
    public static PayloadTemplate Payload(object? payload) => payload switch
    {
        null => new(new ValueTemplate.Constant(Value.Of("")), null),
        byte[] bytes => new(null, [.. bytes]),
        _ => new(Of(payload), null),
    };

    /// <summary>One value.</summary>
    /// <exception cref="ArgumentException">There is no such value in YAML, or a <c>${…}</c> is no expression.</exception>
    public static ValueTemplate Of(object? value)
    {
        switch (value)
        {
            case ValueTemplate template:
                return template;
            case string text:
                return Parsed(text);
            case not null when Scalar(value) is { } scalar:
                return new ValueTemplate.Constant(scalar);
            case null or IDictionary or ValueMap:
                break;
            case IEnumerable items:
                return List([.. items.Cast<object?>().Select(Of)]);
        }

        return value is null
            ? new ValueTemplate.Constant(Value.Null)
            : Map([.. Entries(value).Select(entry => KeyValuePair.Create(entry.Key, Of(entry.Value)))]);
    }

    private static Value? Scalar(object value) => value switch
    {
        Value known => known,
        bool boolean => Value.Of(boolean),
        TimeSpan time => Value.Of(DurationText.Format(time)),
        float or double or decimal => Value.Of(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        sbyte or byte or short or ushort or int or uint or long => Value.Of(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        ulong or UInt128 or Int128 or System.Numerics.BigInteger => Value.Of(System.Numerics.BigInteger.Parse(
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
        Enum or char or Guid or Uri => Value.Of(value.ToString()),
        _ => null,
    };

    /// <summary>One value, nothing in it computed.</summary>
    public static Value Constant(object? value) => Constant(Of(value));

    private static ValueTemplate Parsed(string text)
    {
        var diagnostics = new DiagnosticBag();
        var template = ValueTemplate.Parse(new YamlScalar(SourcePosition.None, text, IsQuoted: true), diagnostics);
        Texts.Throw(diagnostics);
        return template!;
    }

    // Constants fold, as the YAML reader folds them.
    private static ValueTemplate List(ImmutableArray<ValueTemplate> items) => items.All(item => item.IsConstant)
        ? new ValueTemplate.Constant(Value.Of([.. items.Select(Constant)]))
        : new ValueTemplate.List(items);

    private static ValueTemplate Map(ImmutableArray<KeyValuePair<string, ValueTemplate>> entries) => entries.All(entry => entry.Value.IsConstant)
        ? new ValueTemplate.Constant(Value.Of(ValueMap.Of([.. entries.Select(entry => (entry.Key, Constant(entry.Value)))])))
        : new ValueTemplate.Map(entries);

    private static Value Constant(ValueTemplate template) => template is ValueTemplate.Constant constant
        ? constant.Value
        : throw new ArgumentException("this value may not be computed");

    private static IEnumerable<KeyValuePair<string, object?>> Entries(object source)
    {
        switch (source)
        {
            case ValueMap map:
                return map.Select(entry => KeyValuePair.Create(entry.Key, (object?)entry.Value));
            case IDictionary dictionary:
                return dictionary.Keys.Cast<object>().Select(key => KeyValuePair.Create(key as string ?? throw NoValue(source), dictionary[key]));
            case string or IEnumerable:
                throw NoValue(source);
        }

        var properties = source.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public);
        return properties.Where(property => property.GetIndexParameters().Length == 0)
            .Select(property => KeyValuePair.Create(property.Name, property.GetValue(source)));
    }

    private static ArgumentException NoValue(object source) =>
        new($"named values were expected, such as new {{ song = \"…\" }}, but this is a {source.GetType().Name}");
}
