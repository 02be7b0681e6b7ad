using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IotMqtt.Models.Values;

public readonly partial struct Value
{
    /// <summary>How deep JSON may nest.</summary>
    public const int MaxJsonDepth = 64;

    /// <summary>As long as the longest double, written out.</summary>
    internal const int MostDigits = 310;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Parses UTF-8 JSON.</summary>
    /// <returns>False, with what is wrong, where it is not one JSON value, nests too deep or repeats a name.</returns>
    public static bool TryParseJson(ReadOnlySpan<byte> utf8, out Value value, out string? error)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxJsonDepth });
            reader.Read();
            value = Read(ref reader);
            if (reader.Read())
            {
                throw new JsonException("there is more after the value");
            }

            error = null;
            return true;
        }
        catch (JsonException exception)
        {
            value = default;
            error = exception.Message;
            return false;
        }
    }

    /// <summary>Reads the value that the reader stands on and leaves the reader on its last token.</summary>
    /// <exception cref="JsonException">The JSON is not valid, or a name is repeated.</exception>
    public static Value Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return True;
            case JsonTokenType.False:
                return False;
            case JsonTokenType.Null:
                return Null;
            case JsonTokenType.String:
                return ReadText(ref reader);
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var whole) ? Of(whole)
                    : TryReadDigits(ref reader, out var digits) ? Of(digits)
                    : reader.TryGetDouble(out var number) && double.IsFinite(number) ? Of(number)
                    : throw new JsonException("a number is out of range");
            case JsonTokenType.StartArray:
                var items = new List<Value>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader));
                }

                return new Value(items.ToArray());
            case JsonTokenType.StartObject:
                var map = new ValueMap.Builder();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = ReadText(ref reader).AsText;
                    reader.Read();
                    if (!map.TryAdd(name, Read(ref reader)))
                    {
                        throw new JsonException($"the name \"{name}\" is repeated");
                    }
                }

                return Of(map.Build());
            default:
                throw new JsonException("a JSON value was expected");
        }
    }

    /// <summary>Writes the value as JSON.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case ValueKind.Null:
                writer.WriteNullValue();
                break;
            case ValueKind.Boolean:
                writer.WriteBooleanValue(AsBoolean);
                break;
            case ValueKind.Integer:
                writer.WriteNumberValue(AsInteger);
                break;
            case ValueKind.BigInteger:
                writer.WriteRawValue(AsBigInteger.ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            case ValueKind.Number:
                writer.WriteNumberValue(AsNumber);
                break;
            case ValueKind.Text:
                writer.WriteStringValue(AsText);
                break;
            case ValueKind.List:
                writer.WriteStartArray();
                foreach (var item in AsList)
                {
                    item.WriteTo(writer);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteStartObject();
                foreach (var (name, item) in AsMap)
                {
                    writer.WritePropertyName(name);
                    item.WriteTo(writer);
                }

                writer.WriteEndObject();
                break;
        }
    }

    /// <summary>The value as compact JSON text.</summary>
    public string ToJson() => Encoding.UTF8.GetString(ToJsonBytes());

    /// <summary>The value as compact UTF-8 JSON.</summary>
    public byte[] ToJsonBytes()
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            WriteTo(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A whole number that is written in digits alone keeps every one of them.</summary>
    private static bool TryReadDigits(ref Utf8JsonReader reader, out BigInteger whole)
    {
        whole = default;
        var written = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
        return written.Length <= MostDigits
            && BigInteger.TryParse(Encoding.ASCII.GetString(written), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole);
    }

    private static Value ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return Of(reader.GetString());
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("a text is not valid Unicode");
        }
    }
}
