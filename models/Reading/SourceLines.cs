using System.Buffers;

namespace IotMqtt.Models.Reading;

/// <summary>The lines of a text, for what the YAML parser does not tell. Indexed when first asked: only errors and blocks ask.</summary>
internal sealed class SourceLines(string text)
{
    private static readonly SearchValues<char> ControlCharacters = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(code => (char)code).Where(character => character is not ('\t' or '\n' or '\r')), '\u007F', '\uFFFE', '\uFFFF']);

    private int[]? _starts;

    /// <summary>The first control character that no YAML file may hold, with its place.</summary>
    public static (char Character, int Line, int Column)? FindControlCharacter(string text)
    {
        var index = text.AsSpan().IndexOfAny(ControlCharacters);
        if (index < 0)
        {
            return null;
        }

        var before = text.AsSpan(0, index);
        return (text[index], before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }

    /// <summary>How many lines there are.</summary>
    public int Count => (_starts ??= Index(text)).Length;

    /// <summary>A line, from 1, without its end; empty where there is none.</summary>
    public ReadOnlySpan<char> Line(int number)
    {
        _starts ??= Index(text);
        if (number < 1 || number > _starts.Length)
        {
            return [];
        }

        var line = text.AsSpan(_starts[number - 1]);
        var end = line.IndexOfAny('\n', '\r');
        return end < 0 ? line : line[..end];
    }

    /// <summary>Whether nothing but blanks and comments follows a place.</summary>
    public bool IsEnd(int line, int column)
    {
        var rest = Line(line);
        for (rest = rest[Math.Clamp(column - 1, 0, rest.Length)..]; ; rest = Line(++line))
        {
            if (rest.TrimStart() is not ([] or ['#', ..]))
            {
                return false;
            }

            if (line >= Count)
            {
                return true;
            }
        }
    }

    /// <summary>How many spaces begin the first line from this one on that is not blank.</summary>
    public int IndentOf(int number)
    {
        _starts ??= Index(text);
        for (; number <= _starts.Length; number++)
        {
            var indent = Line(number).IndexOfAnyExcept(' ');
            if (indent >= 0)
            {
                return indent;
            }
        }

        return 0;
    }

    /// <summary>The comment that follows a place, without anything but spaces between; null where there is none.</summary>
    public (string Text, int Column)? CommentAfter(SourcePosition at)
    {
        var line = Line(at.Line);
        var from = Math.Min(Math.Max(0, at.Column - 1), line.Length);
        var rest = line[from..].TrimStart(':').Trim();
        return rest is ['#', _, ..] && rest[1] != ' ' ? (rest.ToString(), line.Length - line[from..].TrimStart(": \t").Length + 1) : null;
    }

    private static int[] Index(string text)
    {
        var starts = new List<int> { 0 };
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\n' || (text[at] == '\r' && (at + 1 == text.Length || text[at + 1] != '\n')))
            {
                starts.Add(at + 1);
            }
        }

        return [.. starts];
    }
}
