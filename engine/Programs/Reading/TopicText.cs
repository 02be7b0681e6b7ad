using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>Checks topics as far as they are written out; what <c>${…}</c> comes to is checked when it is known.</summary>
internal static class TopicText
{
    /// <summary>Checks a topic to publish to: no wildcards.</summary>
    public static bool CheckName(string text, SourcePosition at, DiagnosticBag diagnostics)
    {
        if (text.Length > 0 && !Literal(text).AsSpan().ContainsAny('+', '#'))
        {
            return true;
        }

        diagnostics.Error(at, text.Length == 0 ? "the topic is empty" : $"\"{text}\" has a wildcard: a message is published to one topic");
        return false;
    }

    /// <summary>Checks a topic filter: <c>+</c> stands for a whole level, <c>#</c> for all that follow.</summary>
    public static bool CheckFilter(string text, SourcePosition at, DiagnosticBag diagnostics)
    {
        var levels = Literal(text).Split('/');
        for (var index = 0; index < levels.Length; index++)
        {
            var level = levels[index];
            if ((level.Contains('+') && level != "+") || (level.Contains('#') && (level != "#" || index < levels.Length - 1)))
            {
                diagnostics.Error(at, $"\"{text}\" is no topic filter", "\"+\" stands for one whole level, \"#\" for all levels at the end");
                return false;
            }
        }

        if (text.Length > 0)
        {
            return true;
        }

        diagnostics.Error(at, "the topic is empty");
        return false;
    }

    /// <summary>The text with each <c>${…}</c> replaced by a letter.</summary>
    private static string Literal(string text)
    {
        for (var start = text.IndexOf("${", StringComparison.Ordinal); start >= 0; start = text.IndexOf("${", StringComparison.Ordinal))
        {
            var end = text.IndexOf('}', start);
            text = end < 0 ? text[..start] : $"{text[..start]}x{text[(end + 1)..]}";
        }

        return text;
    }
}
