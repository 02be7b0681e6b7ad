using System.Buffers;
using System.Collections.Frozen;

namespace IotMqtt.Models.Expressions.Syntax;

/// <summary>The names that mean something in every expression, whatever its scope holds.</summary>
internal static class JavaScriptNames
{
    /// <summary>Stands for the operator <c>in</c>.</summary>
    public const string InHelper = "$in$";

    /// <summary>Stands for an operator that calculates.</summary>
    public const string MathHelper = "$math$";

    /// <summary>The part of JavaScript's own names that expressions may use.</summary>
    public static readonly string[] BuiltIn =
    [
        "Array", "Boolean", "Date", "Infinity", "JSON", "Map", "Math", "NaN", "Number", "Object", "RegExp", "Set", "String",
        "decodeURIComponent", "encodeURIComponent", "isFinite", "isNaN", "parseFloat", "parseInt", "undefined",
    ];

    /// <summary>Our own functions.</summary>
    public static readonly string[] Helpers = ["device", "pad"];

    /// <summary>Names that JavaScript's grammar or its strict mode keeps for itself.</summary>
    public static readonly FrozenSet<string> Keywords = FrozenSet.Create(StringComparer.Ordinal,
        "arguments", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum", "eval", "export",
        "extends", "false", "finally", "for", "function", "globalThis", "if", "implements", "import", "in", "instanceof", "interface", "let", "new", "null",
        "package", "private", "protected", "public", "return", "static", "super", "switch", "this", "throw", "true", "try", "typeof", "var", "void", "while",
        "with", "yield");

    /// <summary>All of them but the keywords.</summary>
    public static readonly FrozenSet<string> All = BuiltIn.Concat(Helpers).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What a device id may hold.</summary>
    public static readonly SearchValues<char> HyphenatedCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
}
