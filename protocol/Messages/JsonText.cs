using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotMqtt.Protocol.Messages;

/// <summary>
/// One JSON value as UTF-8 text, passed through unread: arguments, results and state belong to models, which this part does
/// not know. Read from a message it is a slice of the payload, not a copy.
/// </summary>
[JsonConverter(typeof(JsonTextConverter))]
internal readonly struct JsonText : IEquatable<JsonText>
{
    private static readonly byte[] EmptyObjectUtf8 = "{}"u8.ToArray();

    // The text is known to be well-formed: every way in has read it once.
    internal JsonText(ReadOnlyMemory<byte> utf8) => Utf8 = utf8;

    /// <summary><c>{}</c>.</summary>
    public static JsonText EmptyObject { get; } = new(EmptyObjectUtf8);

    /// <summary>The text; empty if there is no value at all. Not to be changed.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>Whether there is no value at all (which is not <c>null</c>).</summary>
    public bool IsAbsent => Utf8.IsEmpty;

    /// <summary>Takes UTF-8 text without a copy; false if it is not exactly one JSON value.</summary>
    public static bool TryCreate(ReadOnlyMemory<byte> utf8, out JsonText value) => TryCreate(utf8, objectOnly: false, out value);

    /// <summary>Takes UTF-8 text without a copy; false if it is not exactly one JSON object.</summary>
    public static bool TryCreateObject(ReadOnlyMemory<byte> utf8, out JsonText value) => TryCreate(utf8, objectOnly: true, out value);

    /// <summary>Takes a JSON value as text.</summary>
    /// <exception cref="FormatException">The text is not exactly one JSON value.</exception>
    public static JsonText Parse(string json) =>
        TryCreate(Encoding.UTF8.GetBytes(json), out var value) ? value : throw new FormatException($"Not one JSON value: {json}");

    /// <summary>The value of an element.</summary>
    public static JsonText From(JsonElement element) => new(JsonSerializer.SerializeToUtf8Bytes(element, MessageJsonContext.Default.JsonElement));

    /// <summary>The value as an element that owns its memory.</summary>
    /// <exception cref="InvalidOperationException">There is no value.</exception>
    public JsonElement ToElement()
    {
        if (IsAbsent)
        {
            throw new InvalidOperationException("There is no value.");
        }

        var reader = new Utf8JsonReader(Utf8.Span);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Writes the value as it is.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteRawValue(Utf8.Span, skipInputValidation: true);
    }

    /// <summary>Equal if the texts are, byte for byte: white space counts.</summary>
    public bool Equals(JsonText other) => Utf8.Span.SequenceEqual(other.Utf8.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is JsonText other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    /// <summary>The text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>Equal if the texts are.</summary>
    public static bool operator ==(JsonText left, JsonText right) => left.Equals(right);

    /// <summary>Equal if the texts are.</summary>
    public static bool operator !=(JsonText left, JsonText right) => !left.Equals(right);

    private static bool TryCreate(ReadOnlyMemory<byte> utf8, bool objectOnly, out JsonText value)
    {
        value = default;
        var reader = new Utf8JsonReader(utf8.Span);
        try
        {
            if (!reader.Read() || (objectOnly && reader.TokenType != JsonTokenType.StartObject))
            {
                return false;
            }

            while (reader.Read())
            {
            }
        }
        catch (JsonException)
        {
            return false;
        }

        value = new JsonText(utf8);
        return true;
    }
}
