using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace IotMqtt.Protocol.Ids;

/// <summary>Which command of a device: one level of a topic.</summary>
[JsonConverter(typeof(IdJsonConverter<CommandName>))]
internal readonly record struct CommandName : IId<CommandName>
{
    /// <summary>The longest name, in UTF-8 bytes.</summary>
    public const int MaxUtf8Bytes = NameGrammar.MaxTopicLevelBytes;

    private readonly string? _text;

    private CommandName(string text) => _text = text;

    /// <summary>Whether this is the default value, which no grammar allows.</summary>
    public bool IsEmpty => _text is null;

    /// <summary>Reads a command name; false if the text does not follow the grammar.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CommandName id)
    {
        var valid = text is not null && NameGrammar.IsTopicLevel(text, MaxUtf8Bytes);
        id = valid ? new CommandName(text!) : default;
        return valid;
    }

    /// <summary>Reads a command name.</summary>
    /// <exception cref="FormatException">The text does not follow the grammar; the message says what is allowed.</exception>
    public static CommandName Parse(string text) =>
        TryParse(text, out var id) ? id : throw NameGrammar.Refused("command name", text, NameGrammar.TopicLevel);

    /// <summary>The text, as it goes over the wire.</summary>
    public override string ToString() => _text ?? string.Empty;
}
