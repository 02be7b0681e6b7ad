using System.Text;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Fleets.Reading;

/// <summary>Reads comma-separated values as RFC 4180 has them: fields with commas, quotes or line ends go in double quotes. Empty lines do not count.</summary>
internal static class CsvText
{
    /// <returns>The rows with their lines; null, with an error, where a quoted field does not end.</returns>
    public static List<(string[] Fields, int Line)>? Parse(string text, string path, DiagnosticBag diagnostics)
    {
        var rows = new List<(string[], int)>();
        var fields = new List<string>();
        var field = new StringBuilder();
        var (line, rowLine) = (1, 1);
        for (var at = 0; at <= text.Length; at++)
        {
            var character = at < text.Length ? text[at] : '\n';
            switch (character)
            {
                case '"' when field.Length == 0:
                    var end = Quoted(text, at + 1, field);
                    if (end < 0)
                    {
                        diagnostics.Error(new(path, line, 1), "a quoted value of this row does not end");
                        return null;
                    }

                    line += text.AsSpan(at, end - at).Count('\n');
                    at = end;
                    break;
                case ',':
                    fields.Add(field.ToString());
                    field.Clear();
                    break;
                case '\n':
                    if (fields.Count > 0 || field.Length > 0)
                    {
                        fields.Add(field.ToString());
                        rows.Add(([.. fields], rowLine));
                    }

                    fields.Clear();
                    field.Clear();
                    rowLine = ++line;
                    break;
                case '\r':
                    break;
                default:
                    field.Append(character);
                    break;
            }
        }

        return rows;
    }

    /// <returns>The index of the closing quote; -1 where there is none.</returns>
    private static int Quoted(string text, int at, StringBuilder field)
    {
        for (; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                field.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                field.Append('"');
                at++;
            }
            else
            {
                return at;
            }
        }

        return -1;
    }
}
