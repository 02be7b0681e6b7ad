using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace IotMqtt.Protocol.Ids;

/// <summary>Which life of a device: a new one means that it was started anew, and what it was doing is lost.</summary>
[JsonConverter(typeof(IdJsonConverter<Incarnation>))]
internal readonly record struct Incarnation : IId<Incarnation>
{
    /// <summary>The longest incarnation, in characters.</summary>
    public const int MaxLength = NameGrammar.MaxTokenLength;

    private readonly string? _text;

    private Incarnation(string text) => _text = text;

    /// <summary>Whether this is the default value, which no grammar allows.</summary>
    public bool IsEmpty => _text is null;

    /// <summary>Reads an incarnation; false if the text does not follow the grammar.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Incarnation id)
    {
        var valid = text is not null && NameGrammar.IsToken(text, MaxLength);
        id = valid ? new Incarnation(text!) : default;
        return valid;
    }

    /// <summary>Reads an incarnation.</summary>
    /// <exception cref="FormatException">The text does not follow the grammar; the message says what is allowed.</exception>
    public static Incarnation Parse(string text) =>
        TryParse(text, out var id) ? id : throw NameGrammar.Refused("incarnation", text, NameGrammar.Token);

    /// <summary>The text, as it goes over the wire.</summary>
    public override string ToString() => _text ?? string.Empty;
}
