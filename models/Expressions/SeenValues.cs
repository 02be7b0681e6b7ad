using IotMqtt.Models.Values;

namespace IotMqtt.Models.Expressions;

/// <summary>
/// The values that a condition looked at, for the message about one that did not hold: <c>value.ENERGY.Power is 12, limit is 40</c>. What
/// stands in the scope is immutable, so that they may be kept and put into words only when somebody asks.
/// </summary>
internal sealed class SeenValues
{
    private const int MostValues = 5;
    private const int LongestValue = 80;

    private readonly List<(string Path, Value Value)> _values;

    private SeenValues(List<(string Path, Value Value)> values) => _values = values;

    /// <summary>The values of the chains of members that an expression reads, each once; null where there are none.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="scope">What its names stand for.</param>
    public static SeenValues? Of(Expression expression, IExpressionScope scope)
    {
        List<(string Path, Value Value)>? seen = null;
        foreach (var path in expression.Paths)
        {
            if (Follow(path, scope) is { } value && (seen is null || !seen.Exists(other => other.Path == value.Path)))
            {
                (seen ??= []).Add(value);
            }

            if (seen?.Count == MostValues)
            {
                break;
            }
        }

        return seen is null ? null : new SeenValues(seen);
    }

    /// <summary><c>value.ENERGY.Power is 12, limit is 40</c>.</summary>
    public override string ToString() => string.Join(", ", _values.Select(static seen => $"{seen.Path} is {Short(seen.Value)}"));

    /// <summary>A value as JSON, shortened to a line of a message.</summary>
    public static string Short(Value value)
    {
        var json = value.ToJson();
        return json.Length > LongestValue ? string.Concat(json.AsSpan(0, LongestValue), "…") : json;
    }

    /// <summary>As far as there are members: where one is missing, what it is missing from is what matters.</summary>
    private static (string Path, Value Value)? Follow(MemberPath path, IExpressionScope scope)
    {
        var at = path.IsDevice ? $"device('{path.Root.Name}')" : path.Root.Name;
        if (!(path.IsDevice ? scope.TryResolveDevice(path.Root.Name, out var value) : scope.TryResolve(path.Root.Name, out value)))
        {
            return null;
        }

        foreach (var (name, _) in path.Members)
        {
            if (value.Kind == ValueKind.Map && value.AsMap.TryGet(name, out var member))
            {
                (at, value) = ($"{at}.{name}", member);
            }
            else if (name == "length" && value.Kind is ValueKind.Text or ValueKind.List)
            {
                (at, value) = ($"{at}.length", Value.Of((long)(value.Kind == ValueKind.Text ? value.AsText.Length : value.AsList.Length)));
            }
            else
            {
                break;
            }
        }

        return (at, value);
    }
}
