using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Devices.Messages;

/// <summary>The grammar of topics and topic filters (MQTT 5, section 4.7).</summary>
internal static class TopicGrammar
{
    private const int MaxLength = 65535;

    /// <summary>Why a text is no topic to publish to; null: it is one.</summary>
    public static string? ProblemOfName(string topic) =>
        topic.Length == 0 ? "the topic is empty"
        : topic.AsSpan().ContainsAny('+', '#') ? $"\"{topic}\" has a wildcard: a message is published to one topic"
        : Problem(topic);

    /// <summary>Why a text is no topic filter; null: it is one.</summary>
    public static string? ProblemOfFilter(string filter)
    {
        var text = filter.AsSpan();
        if (text.IsEmpty)
        {
            return "the topic is empty";
        }

        foreach (var range in text.Split('/'))
        {
            var level = text[range];
            if ((level.Length > 1 && level.IndexOfAny('+', '#') >= 0) || (level is "#" && range.End.Value != text.Length))
            {
                return $"\"{filter}\" is no topic filter: \"+\" stands for one whole level, \"#\" for all levels at the end";
            }
        }

        return Problem(filter);
    }

    /// <summary>Whether more topics than one can fit a filter.</summary>
    public static bool HasWildcards(string filter) => filter.AsSpan().ContainsAny('+', '#');

    /// <summary>Whether a topic fits a filter that is valid (section 4.7.1). Topics that begin with $ fit no filter that begins with a wildcard.</summary>
    public static bool Fits(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic)
    {
        if (topic is ['$', ..] && filter is ['+' or '#', ..])
        {
            return false;
        }

        while (true)
        {
            if (filter is "#")
            {
                return true;
            }

            var wanted = Level(filter, out var moreWanted);
            var given = Level(topic, out var moreGiven);
            if (wanted is not "+" && !wanted.SequenceEqual(given))
            {
                return false;
            }

            if (!moreWanted || !moreGiven)
            {
                // "a/#" fits "a", too.
                return moreWanted == moreGiven || (moreWanted && filter[(wanted.Length + 1)..] is "#");
            }

            filter = filter[(wanted.Length + 1)..];
            topic = topic[(given.Length + 1)..];
        }
    }

    /// <summary>A template as far as it is written out: each <c>${…}</c> is a letter.</summary>
    internal static string Literal(ValueTemplate template) => template switch
    {
        ValueTemplate.Constant { Value: { Kind: ValueKind.Text } value } => value.AsText,
        ValueTemplate.Text text => string.Concat(text.Parts.Select(part => part.Literal ?? "x")),
        _ => "x",
    };

    private static string? Problem(string topic) =>
        topic.Contains('\0', StringComparison.Ordinal) ? "a topic cannot have the character U+0000"
        : System.Text.Encoding.UTF8.GetByteCount(topic) > MaxLength ? $"a topic has at most {MaxLength} bytes"
        : null;

    private static ReadOnlySpan<char> Level(ReadOnlySpan<char> text, out bool more)
    {
        var end = text.IndexOf('/');
        more = end >= 0;
        return more ? text[..end] : text;
    }
}
