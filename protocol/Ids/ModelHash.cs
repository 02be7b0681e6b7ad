using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace IotMqtt.Protocol.Ids;

/// <summary>Which model, by its content: the last level of <c>models/{hash}</c>.</summary>
[JsonConverter(typeof(IdJsonConverter<ModelHash>))]
internal readonly record struct ModelHash : IId<ModelHash>
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaxLength = NameGrammar.MaxTokenLength;

    private readonly string? _text;

    private ModelHash(string text) => _text = text;

    /// <summary>Whether this is the default value, which no grammar allows.</summary>
    public bool IsEmpty => _text is null;

    /// <summary>Reads a model hash; false if the text does not follow the grammar.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ModelHash id)
    {
        var valid = text is not null && NameGrammar.IsToken(text, MaxLength);
        id = valid ? new ModelHash(text!) : default;
        return valid;
    }

    /// <summary>Reads a model hash.</summary>
    /// <exception cref="FormatException">The text does not follow the grammar; the message says what is allowed.</exception>
    public static ModelHash Parse(string text) =>
        TryParse(text, out var id) ? id : throw NameGrammar.Refused("model hash", text, NameGrammar.Token);

    /// <summary>The text, as it goes over the wire.</summary>
    public override string ToString() => _text ?? string.Empty;
}
