using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace IotMqtt.Protocol.Ids;

/// <summary>Who asks: the level of <c>clients/{client}</c> under which a requester gets its acknowledgements. Unique among the requesters of a root topic.</summary>
[JsonConverter(typeof(IdJsonConverter<ClientId>))]
internal readonly record struct ClientId : IId<ClientId>
{
    /// <summary>The longest id, in UTF-8 bytes.</summary>
    public const int MaxUtf8Bytes = NameGrammar.MaxTopicLevelBytes;

    private readonly string? _text;

    private ClientId(string text) => _text = text;

    /// <summary>Whether this is the default value, which no grammar allows.</summary>
    public bool IsEmpty => _text is null;

    /// <summary>Reads a client id; false if the text does not follow the grammar.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ClientId id)
    {
        var valid = text is not null && NameGrammar.IsTopicLevel(text, MaxUtf8Bytes);
        id = valid ? new ClientId(text!) : default;
        return valid;
    }

    /// <summary>Reads a client id.</summary>
    /// <exception cref="FormatException">The text does not follow the grammar; the message says what is allowed.</exception>
    public static ClientId Parse(string text) =>
        TryParse(text, out var id) ? id : throw NameGrammar.Refused("client id", text, NameGrammar.TopicLevel);

    /// <summary>The text, as it goes over the wire.</summary>
    public override string ToString() => _text ?? string.Empty;
}
