using System.Text;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Fleets.Reading;

/// <summary>Reads comma-separated values as RFC 4180 has them: fields with commas, quotes or line ends go in double quotes. Empty lines do not count.</summary>
internal sealed class CsvText
{
    private readonly string _text;
    private readonly string _path;
    private readonly DiagnosticBag _diagnostics;
    private readonly StringBuilder _field = new();
    private readonly List<CsvField> _fields = [];
    private int _line = 1;
    private int _lineStart;

    private CsvText(string text, string path, DiagnosticBag diagnostics)
    {
        _text = text;
        _path = path;
        _diagnostics = diagnostics;
    }

    /// <returns>The rows; null, with errors, where quotes do not fit.</returns>
    public static List<CsvField[]>? Parse(string text, string path, DiagnosticBag diagnostics)
    {
        var before = diagnostics.Noted;
        var rows = new CsvText(text, path, diagnostics).Rows();
        return diagnostics.Noted == before ? rows : null;
    }

    private List<CsvField[]> Rows()
    {
        var rows = new List<CsvField[]>();
        for (var at = 0; at < _text.Length;)
        {
            at = Field(at);
            if (at < _text.Length && _text[at] == ',')
            {
                at++;
                if (at < _text.Length)
                {
                    continue;
                }

                _fields.Add(new("", At(at)));
            }

            if (_fields is not [{ Text: "", IsQuoted: false }])
            {
                rows.Add([.. _fields]);
            }

            _fields.Clear();
            at = LineEnd(at);
        }

        return rows;
    }

    /// <summary>Reads a field.</summary>
    /// <returns>The index of what ends it: a comma, a line end, the end of the text.</returns>
    private int Field(int start)
    {
        _field.Clear();
        var place = At(start);
        var isQuoted = _text[start] == '"';
        var at = isQuoted ? Quoted(start + 1, place) : start;
        for (; at < _text.Length && _text[at] != ',' && !IsLineEnd(at); at++)
        {
            if (isQuoted || _text[at] == '"')
            {
                _diagnostics.Error(At(at), isQuoted ? "text follows the closing quote of this value" : "there is a quote within this value", "put the whole value in double quotes, and write each quote in it twice");
                at = _text.AsSpan(at).IndexOfAny(',', '\n') is var end and >= 0 ? at + end : _text.Length;
                break;
            }

            _field.Append(_text[at]);
        }

        _fields.Add(new(_field.ToString(), place, isQuoted));
        return at;
    }

    /// <returns>The index after the closing quote.</returns>
    private int Quoted(int at, SourcePosition place)
    {
        for (; at < _text.Length; at++)
        {
            if (_text[at] == '"' && (at + 1 == _text.Length || _text[at + 1] != '"'))
            {
                return at + 1;
            }

            at += _text[at] == '"' ? 1 : 0;
            _field.Append(_text[at]);
            if (_text[at] == '\n')
            {
                (_line, _lineStart) = (_line + 1, at + 1);
            }
        }

        _diagnostics.Error(place, "this quoted value does not end", "close it with a double quote");
        return at;
    }

    private bool IsLineEnd(int at) => _text[at] == '\n' || (_text[at] == '\r' && at + 1 < _text.Length && _text[at + 1] == '\n');

    /// <returns>The index of the next line.</returns>
    private int LineEnd(int at)
    {
        at += at < _text.Length && _text[at] == '\r' ? 2 : 1;
        (_line, _lineStart) = (_line + 1, at);
        return at;
    }

    private SourcePosition At(int index) => new(_path, _line, index - _lineStart + 1);
}

/// <summary>One value of a row.</summary>
/// <param name="Text">The value.</param>
/// <param name="At">Where it begins.</param>
/// <param name="IsQuoted">Whether it is in quotes.</param>
internal readonly record struct CsvField(string Text, SourcePosition At, bool IsQuoted = false);
