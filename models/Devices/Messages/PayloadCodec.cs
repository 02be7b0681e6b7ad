using System.Globalization;
using System.Text;
using System.Text.Unicode;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Devices.Messages;

/// <summary>Between values and the bytes of messages.</summary>
internal static class PayloadCodec
{
    /// <summary>The bytes of a value.</summary>
    /// <param name="format">How to write it.</param>
    /// <param name="value">The value.</param>
    /// <param name="payload">The bytes.</param>
    /// <returns>Why it has none in this format; null: it has.</returns>
    public static string? TryEncode(PayloadFormat format, in Value value, out byte[] payload)
    {
        payload = [];
        switch (format)
        {
            case PayloadFormat.Any when value.Kind == ValueKind.Text:
                payload = Encoding.UTF8.GetBytes(value.AsText);
                return null;
            case PayloadFormat.Any or PayloadFormat.Json:
                payload = value.ToJsonBytes();
                return null;
            case PayloadFormat.Text:
                payload = Encoding.UTF8.GetBytes(TextOf(value));
                return null;
            case PayloadFormat.Csv:
                payload = Encoding.UTF8.GetBytes(value.Kind == ValueKind.List ? Line(value.AsList) : Field(value));
                return null;
            default:
                return Bytes(format, value, out payload);
        }
    }

    /// <summary>The value that bytes stand for.</summary>
    /// <param name="format">How they are written.</param>
    /// <param name="payload">The bytes.</param>
    /// <param name="value">The value: for hex and Base64 the bytes written so, for CSV the list of its fields, numbers as numbers.</param>
    /// <returns>Why they stand for nothing in this format; null: they do.</returns>
    public static string? TryDecode(PayloadFormat format, ReadOnlySpan<byte> payload, out Value value)
    {
        value = default;
        switch (format)
        {
            case PayloadFormat.Any:
                value = PayloadText.Decode(payload);
                return null;
            case PayloadFormat.Json:
                return Value.TryParseJson(payload, out value, out var wrong) ? null : $"it is no JSON: {wrong}";
            case PayloadFormat.Hex:
                value = Value.Of(Convert.ToHexStringLower(payload));
                return null;
            case PayloadFormat.Base64:
                value = Value.Of(Convert.ToBase64String(payload));
                return null;
            case var _ when !Utf8.IsValid(payload):
                return "it is no UTF-8 text";
            case PayloadFormat.Csv:
                value = Fields(Encoding.UTF8.GetString(payload));
                return null;
            default:
                value = Value.Of(Encoding.UTF8.GetString(payload));
                return null;
        }
    }

    private static string? Bytes(PayloadFormat format, in Value value, out byte[] payload)
    {
        payload = [];
        if (value.Kind != ValueKind.Text)
        {
            return $"{value.ToJson()} is no text in {Name(format)}";
        }

        try
        {
            var text = string.Concat(value.AsText.Where(character => !char.IsWhiteSpace(character)));
            payload = format == PayloadFormat.Hex ? Convert.FromHexString(text) : Convert.FromBase64String(text);
            return null;
        }
        catch (FormatException)
        {
            return $"{value.ToJson()} is not {Name(format)}";
        }
    }

    private static string Name(PayloadFormat format) => format == PayloadFormat.Hex ? "hex" : "Base64";

    private static string TextOf(in Value value) => value.Kind == ValueKind.Text ? value.AsText : value.ToJson();

    private static string Line(ReadOnlySpan<Value> values)
    {
        var line = new StringBuilder();
        for (var at = 0; at < values.Length; at++)
        {
            line.Append(at == 0 ? "" : ",").Append(Field(values[at]));
        }

        return line.ToString();
    }

    private static string Field(in Value value)
    {
        var text = value.IsNull ? "" : TextOf(value);
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    private static Value Fields(string text)
    {
        var fields = new List<Value>();
        var field = new StringBuilder();
        var (quoted, wasQuoted) = (false, false);
        foreach (var character in text.AsSpan().TrimEnd("\r\n"))
        {
            switch (character)
            {
                case '"' when quoted:
                    quoted = false;
                    break;
                case '"':
                    // Two in a row, within quotes, stand for one.
                    field.Append(wasQuoted ? "\"" : "");
                    (quoted, wasQuoted) = (true, true);
                    break;
                case ',' when !quoted:
                    fields.Add(FieldOf(field.ToString(), wasQuoted));
                    field.Clear();
                    wasQuoted = false;
                    break;
                default:
                    field.Append(character);
                    break;
            }
        }

        fields.Add(FieldOf(field.ToString(), wasQuoted));
        return Value.Of([.. fields]);
    }

    private static Value FieldOf(string text, bool wasQuoted) =>
        !wasQuoted && PlainScalar.IsJsonNumber(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? Value.TryParseJson(Encoding.UTF8.GetBytes(text), out var value, out _) ? value : Value.Of(number)
            : Value.Of(text);
}
