using System.Text;

namespace IotMqtt.Runner.Reports.Markdown;

/// <summary>Text that others wrote, made safe for a table cell or a line of GitHub's Markdown.</summary>
internal static class MarkdownText
{
    private const int MaxLength = 300;

    /// <summary>Plain text: nothing in it is markup.</summary>
    public static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length + 8);
        foreach (var letter in OneLine(text))
        {
            switch (letter)
            {
                case '<':
                    safe.Append("&lt;");
                    break;
                case '&':
                    safe.Append("&amp;");
                    break;
                case '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '$' or '#' or '@':
                    safe.Append('\\').Append(letter);
                    break;
                default:
                    safe.Append(letter);
                    break;
            }
        }

        return safe.ToString();
    }

    /// <summary>Code: as it is but for what would end the cell or the code.</summary>
    public static string Code(string text) => $"`{OneLine(text).Replace('`', '\'').Replace("|", "\\|", StringComparison.Ordinal)}`";

    /// <summary>One line of at most so many characters, whole ones; a mark in place of each that does not print.</summary>
    private static string OneLine(string text)
    {
        var line = new StringBuilder();
        foreach (var rune in text.ReplaceLineEndings(" ").EnumerateRunes())
        {
            if (line.Length >= MaxLength)
            {
                line.Append('…');
                break;
            }

            line.Append(rune.Value == '\t' ? " " : Rune.IsControl(rune) ? "\uFFFD" : rune.ToString());
        }

        return line.ToString();
    }
}
