using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.StandIns;

/// <summary>Between the types of C# and those of models.</summary>
internal static class StandInTypes
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The type as a model has it, to be written as JSON.</summary>
    public static object Of(Type type) => Plain(type) switch
    {
        { IsEnum: true } plain => new Dictionary<string, object> { ["enum"] = Enum.GetNames(plain).Select(Kebab).ToArray() },
        var plain when plain == typeof(bool) => Named("boolean"),
        var plain when IsWhole(plain) => Named("integer"),
        var plain when plain == typeof(double) || plain == typeof(float) || plain == typeof(decimal) => Named("number"),
        var plain when plain == typeof(string) => Named("text"),
        var plain when plain != typeof(ValueMap) && typeof(IEnumerable).IsAssignableFrom(plain) => Named("list"),
        _ => Named("object"),
    };

    public static Value FromClr(object? value) => value is Enum name ? Value.Of(Kebab(name.ToString())) : Value.From(value);

    public static object? ToClr(Value value, Type type)
    {
        var plain = Plain(type);
        return value.IsNull && (!plain.IsValueType || plain != type) ? null
            : plain == typeof(Value) ? value
            : plain == typeof(ValueMap) ? value.AsMap
            : plain == typeof(bool) ? value.AsBoolean
            : plain == typeof(string) ? value.AsText
            : plain.IsEnum ? Enum.GetValues(plain).Cast<object>().First(one => Kebab(one.ToString()!) == value.AsText)
            : IsWhole(plain) ? Convert.ChangeType(value.AsInteger, plain, CultureInfo.InvariantCulture)
            : plain == typeof(double) || plain == typeof(float) || plain == typeof(decimal) ? Convert.ChangeType(value.AsNumber, plain, CultureInfo.InvariantCulture)
            : JsonSerializer.Deserialize(value.ToJsonBytes(), plain, Json);
    }

    /// <summary><c>SwitchOn</c> as <c>switch-on</c>.</summary>
    public static string Kebab(string name)
    {
        var text = new StringBuilder();
        for (var at = 0; at < name.Length; at++)
        {
            if (char.IsUpper(name[at]) && at > 0 && (!char.IsUpper(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1]))))
            {
                text.Append('-');
            }

            text.Append(name[at] == '_' ? '-' : char.ToLowerInvariant(name[at]));
        }

        return text.ToString();
    }

    /// <summary><c>Boots</c> as <c>boots</c>.</summary>
    public static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    public static bool MayBeLeftOut(Type type) => Nullable.GetUnderlyingType(type) is not null;

    private static Dictionary<string, object> Named(string type) => new() { ["type"] = type };

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static bool IsWhole(Type type) =>
        type == typeof(int) || type == typeof(long) || type == typeof(short) || type == typeof(byte) || type == typeof(uint) || type == typeof(ushort) || type == typeof(sbyte);
}
