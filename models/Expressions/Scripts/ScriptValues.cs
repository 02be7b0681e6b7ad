using IotMqtt.Models.Values;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace IotMqtt.Models.Expressions.Scripts;

/// <summary>Turns what a script came to into a value.</summary>
internal static class ScriptValues
{
    private const int MaxItems = ValueBounds.MaxValues;

    public static Evaluation FromScript(JsValue result, Expression expression)
    {
        var budget = MaxItems;
        return Convert(result, 0, ref budget, out var value) is { } problem
            ? Evaluation.Fail(ExpressionErrors.Failed(expression, problem))
            : Evaluation.Of(value);
    }

    /// <returns>Why there is no value; null where there is one.</returns>
    private static string? Convert(JsValue from, int depth, ref int budget, out Value value)
    {
        value = default;
        if (--budget < 0 || depth > Value.MaxJsonDepth)
        {
            return budget < 0 ? $"it came to more than {MaxItems} values" : $"it came to something that nests deeper than {Value.MaxJsonDepth} levels";
        }

        switch (from)
        {
            case FrozenMap map:
                value = Value.Of(map.Map);
                return null;
            case JsArray list:
                return Items(list, depth, ref budget, out value);
            case JsDate date:
                value = Value.Of(date.ToDateTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
                return null;
            case JsObject map:
                return Members(map, depth, ref budget, out value);
        }

        switch (from.Type)
        {
            case Types.Null:
                return null;
            case Types.Boolean:
                value = Value.Of(from.AsBoolean());
                return null;
            case Types.String:
                value = Value.Of(from.AsString());
                return null;
            case Types.Number when double.IsFinite(from.AsNumber()):
                value = Value.Of(from.AsNumber());
                return null;
            case Types.BigInt:
                value = Value.Of(TypeConverter.ToBigInt(from));
                return null;
            case Types.Number:
                return $"it came to {from}, which is no number that a value can be";
            case Types.Undefined:
                return "it came to nothing (undefined)";
            default:
                return $"it came to a {(from is Jint.Native.Function.Function ? "function" : from.Type.ToString())}, which is no value";
        }
    }

    /// <summary>A number that a value can be.</summary>
    public static bool TryNumber(JsValue from, out Value number)
    {
        var isNumber = from.IsBigInt() || (from.IsNumber() && double.IsFinite(from.AsNumber()));
        number = !isNumber ? default : from.IsBigInt() ? Value.Of(TypeConverter.ToBigInt(from)) : Value.Of(from.AsNumber());
        return isNumber;
    }

    private static string? Items(JsArray list, int depth, ref int budget, out Value value)
    {
        value = default;
        if (list.Length > budget)
        {
            return $"it came to more than {MaxItems} values";
        }

        var items = new Value[list.Length];
        for (var item = 0u; item < items.Length; item++)
        {
            if (Convert(list[item], depth + 1, ref budget, out items[item]) is { } problem)
            {
                return problem;
            }
        }

        value = Value.Of(items);
        return null;
    }

    private static string? Members(ObjectInstance map, int depth, ref int budget, out Value value)
    {
        value = default;
        var builder = new ValueMap.Builder();
        foreach (var (key, member) in map.GetOwnProperties())
        {
            if (!key.IsString() || !member.Enumerable)
            {
                continue;
            }

            if (Convert(map.Get(key), depth + 1, ref budget, out var converted) is { } problem)
            {
                return problem;
            }

            builder.Set(key.AsString(), converted);
        }

        value = Value.Of(builder.Build());
        return null;
    }
}
