using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Expressions;

/// <summary>The messages of evaluation, the same whichever way an expression is evaluated.</summary>
internal static class ExpressionErrors
{
    public static string NoProperty(string name, string owner, IEnumerable<string> known) =>
        $"no property `{name}` on {owner}{Hint(name, known)}";

    public static string NoName(NameUse use, Expression expression, IExpressionScope scope)
    {
        foreach (var hyphenated in expression.Hyphenated)
        {
            if (hyphenated.Name.StartsWith(use.Name, StringComparison.Ordinal) && scope.TryResolveDevice(hyphenated.Name, out _))
            {
                return NotJavaScript(hyphenated.Name);
            }
        }

        return scope.TryResolveDevice(use.Name, out _)
            ? $"`{use.Name}` is not a name here; write device('{use.Name}')"
            : $"there is no `{use.Name}` here{Hint(use.Name, scope.Names)}";
    }

    public static string NotJavaScript(string name) => $"`{name}` is not a JavaScript name; write device('{name}')";

    public static string NoDevice(string id, IExpressionScope scope) => $"there is no device `{id}`{Hint(id, scope.Names)}";

    public static string NotACondition(Expression expression, Value value) =>
        $"a condition must be true or false, but `{expression.Source}` is {Shown(value)}";

    public static string Failed(Expression expression, string reason) =>
        $"`{Syntax.ExpressionParser.Shortened(expression.Source)}` failed: {reason}";

    public static string NoCalculation(string digits) =>
        $"{digits} is beyond 2^53, where calculations are not exact: it can be compared; write Number(x) to calculate with the nearest number";

    /// <summary>What JavaScript says of a BigInt, which nobody wrote.</summary>
    public static string WithoutBigInt(string reason) => reason.Contains("BigInt", StringComparison.Ordinal)
        ? $"{reason}; a whole number beyond 2^53 is a BigInt: write Number(x) to calculate with the nearest number"
        : reason;

    /// <summary><c>; did you mean `x`?</c>, or what there is, or nothing.</summary>
    public static string Hint(string name, IEnumerable<string> known)
    {
        var names = known as IReadOnlyCollection<string> ?? [.. known];
        return Suggest.Closest(name, names) is { } closest ? $"; did you mean `{closest}`?"
            : names.Count is > 0 and <= 12 ? $"; there is: {string.Join(", ", names)}"
            : "";
    }

    private static string Shown(Value value)
    {
        var json = value.ToJson();
        return json.Length > 80 ? json[..80] + "…" : json;
    }
}
