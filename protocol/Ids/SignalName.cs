using System.Diagnostics.CodeAnalysis;

namespace IotMqtt.Protocol.Ids;

/// <summary>
/// What a device says of its own accord: the name of a telemetry value or an event. One level of a topic, or two for
/// <c>received/{entry}</c> and <c>sent/{entry}</c>.
/// </summary>
internal readonly record struct SignalName : IId<SignalName>
{
    private readonly string? _text;

    private SignalName(string text) => _text = text;

    /// <summary>Whether this is the default value, which no grammar allows.</summary>
    public bool IsEmpty => _text is null;

    /// <summary>Reads a name; false if the text does not follow the grammar.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out SignalName id)
    {
        id = default;
        if (text is null)
        {
            return false;
        }

        var slash = text.IndexOf('/');
        var valid = slash < 0
            ? NameGrammar.IsTopicLevel(text, NameGrammar.MaxTopicLevelBytes)
            : NameGrammar.IsTopicLevel(text.AsSpan(0, slash), NameGrammar.MaxTopicLevelBytes)
              && NameGrammar.IsTopicLevel(text.AsSpan(slash + 1), NameGrammar.MaxTopicLevelBytes);
        if (valid)
        {
            id = new SignalName(text);
        }

        return valid;
    }

    /// <summary>Reads a name.</summary>
    /// <exception cref="FormatException">The text does not follow the grammar; the message says what is allowed.</exception>
    public static SignalName Parse(string text) =>
        TryParse(text, out var id) ? id : throw NameGrammar.Refused("signal name", text, NameGrammar.TopicLevel + ", or two of them");

    /// <summary>The text, as it goes over the wire.</summary>
    public override string ToString() => _text ?? string.Empty;
}
