namespace IotMqtt.Orchestrator.Dispatch.Matching;

/// <summary>Whether a topic fits a filter. MQTT 5, section 4.7.</summary>
internal static class TopicFilter
{
    public static bool HasWildcards(string filter) => filter.AsSpan().IndexOfAny('+', '#') >= 0;

    public static bool Fits(string filter, string topic)
    {
        if (topic.StartsWith('$') && filter.Length > 0 && filter[0] is '+' or '#')
        {
            return false;
        }

        var wanted = filter.AsSpan();
        var given = topic.AsSpan();
        while (true)
        {
            var level = TakeLevel(ref wanted, out var isLast);
            if (level is "#")
            {
                return true;
            }

            var name = TakeLevel(ref given, out var wasLast);
            if (level is not "+" && !level.SequenceEqual(name))
            {
                return false;
            }

            if (isLast || wasLast)
            {
                // "a/#" fits "a", too.
                return isLast ? wasLast : wanted is "#";
            }
        }
    }

    private static ReadOnlySpan<char> TakeLevel(ref ReadOnlySpan<char> levels, out bool isLast)
    {
        var slash = levels.IndexOf('/');
        isLast = slash < 0;
        var level = isLast ? levels : levels[..slash];
        levels = isLast ? [] : levels[(slash + 1)..];
        return level;
    }
}
