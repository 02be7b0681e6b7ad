namespace IotMqtt.Protocol.Addressing;

/// <summary>The grammar of topic filters (MQTT 5, section 4.7.1).</summary>
internal static class TopicFilter
{
    /// <summary>Whether it is one: <c>+</c> and <c>#</c> are levels of their own, <c>#</c> the last.</summary>
    public static bool IsValid(string filter)
    {
        var text = filter.AsSpan();
        if (text.IsEmpty || text.Contains('\0'))
        {
            return false;
        }

        foreach (var range in text.Split('/'))
        {
            var level = text[range];
            if ((level.Length > 1 && level.IndexOfAny('+', '#') >= 0) || (level is "#" && range.End.Value != text.Length))
            {
                return false;
            }
        }

        return true;
    }
}
