using System.Collections.Frozen;

namespace IotMqtt.Engine.Programs;

/// <summary>The grammar of the names in a program.</summary>
internal static class Names
{
    /// <summary>What expressions see under a fixed name; no variable may hide it. DESIGN section 7.</summary>
    public static FrozenSet<string> Reserved { get; } =
        new[] { "params", "env", "steps", "device", "error", "value", "topic" }.ToFrozenSet(StringComparer.Ordinal);

    // What JavaScript does not take for a name, and its globals that expressions use.
    private static readonly FrozenSet<string> Keywords = new[]
    {
        "arguments", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum",
        "eval", "export", "extends", "false", "finally", "for", "function", "if", "implements", "import", "in", "instanceof", "interface",
        "let", "new", "null", "package", "private", "protected", "public", "return", "static", "super", "switch", "this", "throw", "true",
        "try", "typeof", "undefined", "var", "void", "while", "with", "yield", "Array", "Boolean", "Date", "Infinity", "JSON", "Math", "NaN",
        "Number", "Object", "String",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a device, a command, a parameter or a step may be called so: letters, digits, <c>-</c> and <c>_</c>.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }

    /// <summary>Whether a variable may be called so: a name of JavaScript.</summary>
    public static bool IsVariable(string text) => IsIdentifier(text) && !Keywords.Contains(text);

    /// <summary>The nearest name that a variable may have: <c>max-temp</c> → <c>maxTemp</c>; or null.</summary>
    public static string? AsVariable(string text)
    {
        var parts = text.Split(['-', ' ', '.'], StringSplitOptions.RemoveEmptyEntries);
        var name = string.Concat(parts.Select((part, at) => at == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));
        return name.Length > 0 && IsVariable(name) ? name : null;
    }

    private static bool IsIdentifier(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('_' or '$'))
            {
                return false;
            }
        }

        return !text.IsEmpty && !char.IsAsciiDigit(text[0]);
    }
}
