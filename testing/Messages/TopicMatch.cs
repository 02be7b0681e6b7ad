namespace IotMqtt.Testing.Messages;

/// <summary>Whether a topic fits a filter (MQTT 5, section 4.7).</summary>
internal static class TopicMatch
{
    /// <exception cref="ArgumentException">It is no filter.</exception>
    public static void Check(string filter)
    {
        ArgumentException.ThrowIfNullOrEmpty(filter);
        var levels = filter.Split('/');
        for (var at = 0; at < levels.Length; at++)
        {
            if ((levels[at].Length > 1 && levels[at].AsSpan().IndexOfAny('+', '#') >= 0) || (levels[at] == "#" && at != levels.Length - 1))
            {
                throw new ArgumentException($"'{filter}' is no topic filter: + and # are levels of their own, # the last", nameof(filter));
            }
        }
    }

    public static bool Fits(string filter, string topic)
    {
        // Topics of the broker itself are for those who ask for them by name.
        if (topic.StartsWith('$') && filter[0] is ('+' or '#'))
        {
            return false;
        }

        var wanted = filter.Split('/');
        var levels = topic.Split('/');
        for (var at = 0; at < wanted.Length; at++)
        {
            if (wanted[at] == "#")
            {
                return true;
            }

            if (at >= levels.Length || (wanted[at] != "+" && wanted[at] != levels[at]))
            {
                return false;
            }
        }

        return wanted.Length == levels.Length;
    }
}
