using System.Buffers;
using System.Globalization;
using System.Numerics;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Reading;

/// <summary>
/// What a scalar without quotes is. The core schema of YAML 1.2, less what surprises: <c>true</c> and <c>false</c> are booleans,
/// numbers are written as in JSON, everything else is text (<c>yes</c>, <c>no</c>, <c>on</c> and <c>off</c> too). What YAML would
/// take for a number that is written differently (<c>007</c>, <c>0x1F</c>, <c>.5</c>, <c>.inf</c>) is refused.
/// </summary>
internal static class PlainScalar
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    public static bool IsNull(ReadOnlySpan<char> text) => text is "~" or "null" or "Null" or "NULL";

    public static bool IsText(ReadOnlySpan<char> text) => !IsBoolean(text) && !LooksLikeNumber(text) && !IsNull(text);

    /// <returns>False, with what to write instead, where it is refused.</returns>
    public static bool TryResolve(string text, out Value value, out string? suggestion)
    {
        suggestion = null;
        if (IsBoolean(text))
        {
            value = Value.Of(text[0] is 't' or 'T');
            return true;
        }

        if (!LooksLikeNumber(text))
        {
            value = Value.Of(text);
            return true;
        }

        if (IsJsonNumber(text))
        {
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            {
                value = Value.Of(whole);
                return true;
            }

            if (text.Length <= Value.MostDigits && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var big))
            {
                value = Value.Of(big);
                return true;
            }

            var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            if (double.IsFinite(number) && text.AsSpan().ContainsAny(".eE"))
            {
                value = Value.Of(number);
                return true;
            }
        }

        value = default;
        suggestion = !IsJsonNumber(text) && Plainer(text) is { } number2
            ? $"write {number2} for the number, or \"{text}\" for the text"
            : $"write \"{text}\", in quotes, for the text";
        return false;
    }

    /// <summary>A number as JSON writes it: no leading zeros, no plus, digits on both sides of the point.</summary>
    public static bool IsJsonNumber(ReadOnlySpan<char> text)
    {
        if (text is ['-', ..])
        {
            text = text[1..];
        }

        var whole = Digits(ref text);
        if (whole.Length == 0 || (whole.Length > 1 && whole[0] == '0'))
        {
            return false;
        }

        if (text is ['.', ..])
        {
            text = text[1..];
            if (Digits(ref text).Length == 0)
            {
                return false;
            }
        }

        if (text is ['e' or 'E', ..])
        {
            text = text is [_, '+' or '-', ..] ? text[2..] : text[1..];
            if (Digits(ref text).Length == 0)
            {
                return false;
            }
        }

        return text.IsEmpty;
    }

    private static bool IsBoolean(ReadOnlySpan<char> text) => text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE";

    /// <summary>What the core schema of YAML 1.2 takes for a number.</summary>
    private static bool LooksLikeNumber(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !(char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.'))
        {
            return false;
        }

        if (text is ['0', 'x', _, ..])
        {
            return !text[2..].ContainsAnyExcept(HexDigits);
        }

        if (text is ['0', 'o', _, ..])
        {
            return !text[2..].ContainsAnyExceptInRange('0', '7');
        }

        var unsigned = text[0] is '-' or '+' ? text[1..] : text;
        if (unsigned is ".inf" or ".Inf" or ".INF" or ".nan" or ".NaN" or ".NAN")
        {
            return true;
        }

        var whole = Digits(ref unsigned).Length;
        var fraction = 0;
        if (unsigned is ['.', ..])
        {
            unsigned = unsigned[1..];
            fraction = Digits(ref unsigned).Length;
        }

        if (whole + fraction == 0)
        {
            return false;
        }

        if (unsigned is ['e' or 'E', ..])
        {
            unsigned = unsigned is [_, '+' or '-', ..] ? unsigned[2..] : unsigned[1..];
            return Digits(ref unsigned).Length > 0 && unsigned.IsEmpty;
        }

        return unsigned.IsEmpty;
    }

    private static string? Plainer(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            return long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex.ToString(CultureInfo.InvariantCulture) : null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e15
            ? Value.Of(number).ToJson()
            : null;
    }

    private static ReadOnlySpan<char> Digits(ref ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExceptInRange('0', '9');
        length = length < 0 ? text.Length : length;
        var digits = text[..length];
        text = text[length..];
        return digits;
    }
}
