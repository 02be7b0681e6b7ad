using System.Diagnostics.CodeAnalysis;

namespace IotMqtt.Protocol.Ids;

/// <summary>The topic that everything of the contract lies under, <c>iotmqtt</c> by default; it may have several levels.</summary>
public readonly record struct RootTopic : IId<RootTopic>
{
    /// <summary>The longest root, in UTF-8 bytes.</summary>
    public const int MaxUtf8Bytes = 256;

    private const string DefaultText = "iotmqtt";

    private readonly string? _text;

    // The default is kept as null, so that default(RootTopic) is equal to it.
    private RootTopic(string text) => _text = text == DefaultText ? null : text;

    /// <summary>The root topic where none is configured: <c>iotmqtt</c>.</summary>
    public static RootTopic Default { get; } = new(DefaultText);

    /// <summary>Reads a root topic; false unless every level is one that <see cref="DeviceId"/> would allow.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RootTopic id)
    {
        id = default;
        if (text is null || text.Length > MaxUtf8Bytes)
        {
            return false;
        }

        foreach (var level in text.AsSpan().Split('/'))
        {
            if (!NameGrammar.IsTopicLevel(text.AsSpan()[level], MaxUtf8Bytes))
            {
                return false;
            }
        }

        if (!NameGrammar.IsText(text, MaxUtf8Bytes))
        {
            return false;
        }

        id = new RootTopic(text);
        return true;
    }

    /// <summary>Reads a root topic.</summary>
    /// <exception cref="FormatException">The text does not follow the grammar; the message says what is allowed.</exception>
    public static RootTopic Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw NameGrammar.Refused(
                "root topic", text, "topic levels without +, # and control characters, none empty or starting with $");

    /// <summary>The topic, without a slash at its end.</summary>
    public override string ToString() => _text ?? DefaultText;
}
