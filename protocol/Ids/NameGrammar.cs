using System.Buffers;
using System.Text;

namespace IotMqtt.Protocol.Ids;

/// <summary>What names that become topic levels or JSON values have in common.</summary>
internal static class NameGrammar
{
    public const int MaxTopicLevelBytes = 128;
    public const int MaxTokenLength = 64;

    public const string TopicLevel =
        "one topic level of at most 128 UTF-8 bytes, without /, +, # and control characters, not starting with $";

    public const string Token = "1 to 64 ASCII letters, digits, '-', '_', '.' or ':'";

    /// <summary>One level of a topic: usable in a publish and in a subscription alike (MQTT 5, section 4.7).</summary>
    public static bool IsTopicLevel(ReadOnlySpan<char> text, int maxUtf8Bytes) =>
        text.Length > 0 && text[0] != '$' && IsText(text, maxUtf8Bytes) && text.IndexOfAny('/', '+', '#') < 0;

    /// <summary>Printable text of bounded size: no control characters, no lone surrogates.</summary>
    public static bool IsText(ReadOnlySpan<char> text, int maxUtf8Bytes)
    {
        if (text.Length == 0 || text.Length > maxUtf8Bytes)
        {
            return false;
        }

        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsControl(text[at]))
            {
                return false;
            }

            if (char.IsSurrogate(text[at]))
            {
                if (Rune.DecodeFromUtf16(text[at..], out _, out _) != OperationStatus.Done)
                {
                    return false;
                }

                at++;
            }
        }

        return Encoding.UTF8.GetByteCount(text) <= maxUtf8Bytes;
    }

    /// <summary>An opaque token that machines make: ASCII letters, digits, '-', '_', '.' and ':'.</summary>
    public static bool IsToken(ReadOnlySpan<char> text, int maxLength)
    {
        if (text.Length == 0 || text.Length > maxLength)
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or ':'))
            {
                return false;
            }
        }

        return true;
    }

    public static FormatException Refused(string noun, string? text, string grammar) =>
        new($"'{text}' is not a {noun}: {grammar}.");
}
