using YamlDotNet.Core;

namespace IotMqtt.Models.Reading;

/// <summary>Says in our words what the YAML parser could not read.</summary>
internal static class YamlSyntaxError
{
    /// <summary>The message where the parser itself has none.</summary>
    public const string Unreadable = "it cannot be read from here on";

    /// <summary>Says what is wrong.</summary>
    /// <param name="exception">What the parser says.</param>
    /// <param name="name">The file.</param>
    /// <param name="lines">Its lines.</param>
    /// <param name="open">The innermost bracket that is open there.</param>
    /// <param name="diagnostics">Gets the error.</param>
    public static void Report(YamlException exception, string name, SourceLines lines, (SourcePosition At, bool IsList)? open, DiagnosticBag diagnostics)
    {
        var start = exception.Start.Line > 0 ? exception.Start : exception.End;
        var at = new SourcePosition(name, Math.Max(1, (int)start.Line), Math.Max(1, (int)start.Column));
        var last = exception.Message.Contains(" tab ", StringComparison.Ordinal) ? lines.Count : Math.Max(at.Line, (int)exception.End.Line);
        for (var line = at.Line; line <= last; line++)
        {
            var tab = TabInIndentation(lines.Line(line));
            if (tab >= 0)
            {
                diagnostics.Error(at with { Line = line, Column = tab + 1 }, "a tab indents this line", "YAML indents with spaces");
                return;
            }
        }

        if ((exception.Message == Unreadable || exception.Message.Contains("node content", StringComparison.OrdinalIgnoreCase)) && CommentForValue(lines, at) is { } comment)
        {
            diagnostics.Error(comment.At, "a comment begins where a value should be", $"\"#\" after a space begins a comment; write \"{comment.Text}\", in quotes");
            return;
        }

        if (open is { } bracket && lines.IsEnd(at.Line, at.Column))
        {
            // Where the text ends within brackets, the place to look at is where they began.
            var (opening, closing) = bracket.IsList ? ('[', ']') : ('{', '}');
            diagnostics.Error(bracket.At, $"the {opening} that stands here is not closed", $"write {closing} where it ends; text that begins with {opening} goes in quotes");
            return;
        }

        var (message, suggestion) = Explain(exception.Message, lines.Line(at.Line));
        diagnostics.Error(at, message, suggestion);
    }

    /// <summary>In <c>{ color: #ff0000 }</c> the comment swallows the brace: the parser notices on a later line.</summary>
    private static (SourcePosition At, string Text)? CommentForValue(SourceLines lines, SourcePosition at)
    {
        for (var number = at.Line; number >= Math.Max(1, at.Line - 3); number--)
        {
            var line = lines.Line(number);
            var hash = line.IndexOf(" #", StringComparison.Ordinal) + 1;
            if (hash > 0 && line[..hash].TrimEnd() is [.., ':' or ',' or '['] && hash + 1 < line.Length && line[hash + 1] != ' ')
            {
                var text = line[hash..];
                var end = text.IndexOfAny(" ,}]");
                return (at with { Line = number, Column = hash + 1 }, (end < 0 ? text : text[..end]).ToString());
            }
        }

        return null;
    }

    private static int TabInIndentation(ReadOnlySpan<char> line)
    {
        var indent = line.IndexOfAnyExcept(' ', '\t');
        return (indent < 0 ? line : line[..indent]).IndexOf('\t');
    }

    private static (string Message, string? Suggestion) Explain(string message, ReadOnlySpan<char> line)
    {
        if (message.Contains("mapping values are not allowed", StringComparison.OrdinalIgnoreCase)
            || message.Contains("found invalid mapping", StringComparison.OrdinalIgnoreCase))
        {
            return ("there is a second \": \" on this line", "put text that holds \": \" in quotes");
        }

        if (message.Contains("quoted scalar", StringComparison.OrdinalIgnoreCase) && !message.Contains("escape", StringComparison.OrdinalIgnoreCase))
        {
            return ("the quoted text that begins here does not end", "close it with the quote that it began with");
        }

        if (message.Contains("flow ", StringComparison.OrdinalIgnoreCase) || message.Contains("node content", StringComparison.OrdinalIgnoreCase))
        {
            return ($"this is not YAML: {Uncapitalized(message)}", "close each [ and { that is open here, and put text with such characters or commas in quotes");
        }

        if (message == Unreadable || message.Contains("cannot start any token", StringComparison.OrdinalIgnoreCase)
            || message.Contains("found unknown escape", StringComparison.OrdinalIgnoreCase))
        {
            return ($"this is not YAML: {Uncapitalized(message)}", "put text with such characters in 'single quotes'");
        }

        if (message.Contains("expected key", StringComparison.OrdinalIgnoreCase) || message.Contains("could not find expected ':'", StringComparison.OrdinalIgnoreCase)
            || message.Contains("block end", StringComparison.OrdinalIgnoreCase))
        {
            return ($"this is not YAML: {Uncapitalized(message)}", line.Contains("\t", StringComparison.Ordinal)
                ? "YAML indents with spaces, not tabs"
                : "check the indentation: entries of one mapping or list begin in the same column; a key is followed by \": \"");
        }

        return ($"this is not YAML: {Uncapitalized(message)}", null);
    }

    private static string Uncapitalized(string message)
    {
        var text = message.TrimEnd('.', ' ');
        return text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
    }
}
