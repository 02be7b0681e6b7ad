using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace IotMqtt.Protocol.Ids;

/// <summary>Which device: one level of a topic, unique within a root topic.</summary>
[JsonConverter(typeof(IdJsonConverter<DeviceId>))]
public readonly record struct DeviceId : IId<DeviceId>
{
    /// <summary>The longest id, in UTF-8 bytes.</summary>
    public const int MaxUtf8Bytes = NameGrammar.MaxTopicLevelBytes;

    private readonly string? _text;

    private DeviceId(string text) => _text = text;

    /// <summary>Whether this is the default value, which no grammar allows.</summary>
    public bool IsEmpty => _text is null;

    /// <summary>Reads a device id; false if the text does not follow the grammar.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DeviceId id)
    {
        var valid = text is not null && NameGrammar.IsTopicLevel(text, MaxUtf8Bytes);
        id = valid ? new DeviceId(text!) : default;
        return valid;
    }

    /// <summary>Reads a device id.</summary>
    /// <exception cref="FormatException">The text does not follow the grammar; the message says what is allowed.</exception>
    public static DeviceId Parse(string text) =>
        TryParse(text, out var id) ? id : throw NameGrammar.Refused("device id", text, NameGrammar.TopicLevel);

    /// <summary>The text, as it goes over the wire.</summary>
    public override string ToString() => _text ?? string.Empty;
}
