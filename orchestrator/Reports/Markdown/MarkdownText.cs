using System.Text;

namespace IotMqtt.Orchestrator.Reports.Markdown;

/// <summary>Text that others wrote, made safe for a table cell or a line of GitHub's Markdown.</summary>
internal static class MarkdownText
{
    private const int MaxLength = 300;

    /// <summary>Plain text: nothing in it is markup.</summary>
    public static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length + 8);
        foreach (var rune in Shorten(text))
        {
            switch (rune)
            {
                case '\r' or '\n' or '\t':
                    safe.Append(' ');
                    break;
                case '<':
                    safe.Append("&lt;");
                    break;
                case '&':
                    safe.Append("&amp;");
                    break;
                case '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '$' or '#' or '@':
                    safe.Append('\\').Append(rune);
                    break;
                default:
                    safe.Append(rune);
                    break;
            }
        }

        return safe.ToString();
    }

    /// <summary>Code: as it is but for what would end the cell or the code.</summary>
    public static string Code(string text) =>
        $"`{Shorten(text).Replace('`', '\'').Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ")}`";

    private static string Shorten(string text) => text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength), "…");
}
