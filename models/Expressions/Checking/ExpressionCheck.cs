using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Expressions.Checking;

/// <summary>Checks the names and the members that an expression reads, before anything is evaluated.</summary>
internal static class ExpressionCheck
{
    /// <summary>Checks an expression; null is none and in order.</summary>
    public static void Check(Expression? expression, INameTable names, DiagnosticBag diagnostics)
    {
        foreach (var path in expression?.Paths ?? [])
        {
            if (Root(path, expression!, names, diagnostics) is { } shape)
            {
                Members(path, shape, diagnostics);
            }
        }
    }

    /// <summary>Checks all expressions of a template; null is none and in order.</summary>
    public static void Check(ValueTemplate? template, INameTable names, DiagnosticBag diagnostics)
    {
        foreach (var expression in template?.Expressions ?? [])
        {
            Check(expression, names, diagnostics);
        }
    }

    private static Shape? Root(MemberPath path, Expression expression, INameTable names, DiagnosticBag diagnostics)
    {
        var (name, at) = path.Root;
        if (path.IsDevice)
        {
            if (names.TryGetDevice(name, out var device))
            {
                return device;
            }

            diagnostics.Error(at, $"there is no device `{name}`", Suggestion(name, names.Names));
            return null;
        }

        if (names.TryGet(name, out var shape))
        {
            return shape;
        }

        foreach (var hyphenated in expression.Hyphenated)
        {
            var parts = hyphenated.Name.Split('-');
            if (parts.Contains(name, StringComparer.Ordinal) && names.TryGetDevice(hyphenated.Name, out _))
            {
                diagnostics.Error(hyphenated.At, $"`{hyphenated.Name}` is not a JavaScript name", $"write device('{hyphenated.Name}')");
                return null;
            }
        }

        diagnostics.Error(at, $"there is no `{name}` here", names.TryGetDevice(name, out _) ? $"write device('{name}')" : Suggestion(name, names.Names));
        return null;
    }

    private static void Members(MemberPath path, Shape shape, DiagnosticBag diagnostics)
    {
        var owner = path.IsDevice ? $"device('{path.Root.Name}')" : path.Root.Name;
        foreach (var (name, at) in path.Members)
        {
            if (!shape.TryGet(name, out var member))
            {
                diagnostics.Error(at, $"no property `{name}` on {shape.TypeName ?? $"`{owner}`"}", Suggestion(name, shape.Members));
                return;
            }

            owner = $"{owner}.{name}";
            shape = member;
        }
    }

    private static string? Suggestion(string name, IEnumerable<string> known)
    {
        var hint = ExpressionErrors.Hint(name, known);
        return hint.Length == 0 ? null : hint[2..];
    }
}
