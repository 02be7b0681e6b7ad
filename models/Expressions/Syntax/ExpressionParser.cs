using System.Text.RegularExpressions;
using Acornima;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Expressions.Syntax;

/// <summary>Parses one expression and says what is wrong with it in the words of a file's author.</summary>
internal static partial class ExpressionParser
{
    private static readonly ParserOptions Options = new();

    public static Expression? Parse(string source, SourcePosition at, Func<int, SourcePosition> place, DiagnosticBag diagnostics)
    {
        if (string.IsNullOrWhiteSpace(source))
        {
            diagnostics.Error(at, "the expression is empty");
            return null;
        }

        if (source.Length > Expression.MaxLength)
        {
            diagnostics.Error(at, $"the expression is longer than {Expression.MaxLength} characters");
            return null;
        }

        try
        {
            var root = new Parser(Options).ParseExpression(source, sourceFile: null, strict: true);
            var syntax = ExpressionSyntax.Analyze(source, root, place, diagnostics);
            return syntax is null ? null : new Expression(source, at, syntax);
        }
        catch (ParseErrorException exception)
        {
            diagnostics.Error(
                place(Math.Clamp(exception.Error.Index, 0, source.Length)),
                $"`{Shortened(source)}` is not a JavaScript expression: {Lowered(exception.Error.Description)}",
                Hint(source));
        }
        catch (InsufficientExecutionStackException)
        {
            diagnostics.Error(at, $"the expression nests deeper than {ExpressionSyntax.MaxDepth} levels");
        }

        return null;
    }

    /// <summary>The place of a character of a text that begins at a place.</summary>
    public static SourcePosition Advance(SourcePosition at, string text, int offset)
    {
        var before = text.AsSpan(0, Math.Min(offset, text.Length));
        var lines = before.Count('\n');
        return lines == 0
            ? at with { Column = at.Column + before.Length }
            : at with { Line = at.Line + lines, Column = before.Length - before.LastIndexOf('\n') };
    }

    public static string Shortened(string source) => source.Length > 80 ? source[..80] + "…" : source;

    private static string Lowered(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];

    private static string? Hint(string source) =>
        HyphenatedName().Match(source) is { Success: true } match
            ? $"`{match.Value}` is not a JavaScript name; for a device write device('{match.Value}')"
        : source.Contains("${", StringComparison.Ordinal) ? "an expression stands without ${ }"
        : AndOr().Match(source) is { Success: true } word ? $"write {(word.Value == "and" ? "&&" : word.Value == "or" ? "||" : "!")} for {word.Value}"
        : null;

    [GeneratedRegex(@"(?<![\w'""`$-])[A-Za-z_]\w*(?:-\w+)*-\d\w*(?:-\w+)*(?=\.)")]
    private static partial Regex HyphenatedName();

    [GeneratedRegex(@"\b(and|or|not)\b")]
    private static partial Regex AndOr();
}
