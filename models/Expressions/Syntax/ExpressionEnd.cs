namespace IotMqtt.Models.Expressions.Syntax;

/// <summary>
/// Finds the brace that closes a <c>${</c>: braces nest, and those in quotes, template literals, comments and regular expressions
/// do not count.
/// </summary>
internal static class ExpressionEnd
{
    private const string BeforeRegex = "(,=:[!&|?{};+-*%<>~^";

    /// <returns>The index of the brace; -1 where there is none.</returns>
    public static int Find(string text, int start)
    {
        // Each entry is a brace that is open; true where it belongs to a ${ of a template literal, to which its end returns.
        var open = new Stack<bool>();
        var last = '\0';
        for (var at = start; at < text.Length; at++)
        {
            var character = text[at];
            switch (character)
            {
                case '\'' or '"':
                    at = SkipQuoted(text, at, character);
                    break;
                case '/' when at + 1 < text.Length && text[at + 1] == '*':
                    at = text.IndexOf("*/", at + 2, StringComparison.Ordinal) is var end and >= 0 ? end + 1 : text.Length;
                    continue;
                case '/' when last == '\0' || BeforeRegex.Contains(last, StringComparison.Ordinal):
                    at = SkipRegex(text, at);
                    break;
                case '`':
                    at = SkipTemplate(text, at + 1, open);
                    break;
                case '{':
                    open.Push(false);
                    break;
                case '}' when open.Count == 0:
                    return at;
                case '}' when open.Pop():
                    at = SkipTemplate(text, at + 1, open);
                    break;
            }

            if (!char.IsWhiteSpace(character))
            {
                last = character;
            }
        }

        return -1;
    }

    private static int SkipQuoted(string text, int at, char quote)
    {
        for (at++; at < text.Length && text[at] != quote; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
        }

        return at;
    }

    /// <returns>The index of the closing backtick, or of the brace of a <c>${</c>, which then is open.</returns>
    private static int SkipTemplate(string text, int at, Stack<bool> open)
    {
        for (; at < text.Length && text[at] != '`'; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == '$' && at + 1 < text.Length && text[at + 1] == '{')
            {
                open.Push(true);
                return at + 1;
            }
        }

        return at;
    }

    private static int SkipRegex(string text, int at)
    {
        var inClass = false;
        for (at++; at < text.Length && (inClass || text[at] != '/'); at++)
        {
            switch (text[at])
            {
                case '\\':
                    at++;
                    break;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
            }
        }

        return at;
    }
}
