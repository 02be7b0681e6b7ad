using System.Diagnostics.CodeAnalysis;
using IotMqtt.Protocol.Ids;

namespace IotMqtt.Protocol.Addressing;

internal sealed partial class Topics
{
    /// <summary>The longest Response Topic that a device answers to, in UTF-8 bytes.</summary>
    public const int MaxResponseTopicBytes = 512;

    /// <summary>
    /// Whether a device may answer to this topic: no wildcards, not a topic that belongs to the broker (<c>$…</c>), and not
    /// under <c>{root}/devices/</c>, where an answer would be a command or would overwrite what is retained.
    /// </summary>
    public bool IsResponseTopic([NotNullWhen(true)] string? topic) =>
        topic is not null
        && NameGrammar.IsText(topic, MaxResponseTopicBytes)
        && topic[0] != '$'
        && topic.AsSpan().IndexOfAny('+', '#') < 0
        && !topic.StartsWith(_devices, StringComparison.Ordinal);
}
