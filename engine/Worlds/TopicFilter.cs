namespace IotMqtt.Engine.Worlds;

/// <summary>Topic filters, for every world that a run is in. MQTT 5, section 4.7.</summary>
public static class TopicFilter
{
    /// <summary>Whether more topics than one can fit it.</summary>
    public static bool HasWildcards(string filter) => filter.AsSpan().IndexOfAny('+', '#') >= 0;

    /// <summary>Whether a topic fits a filter that is valid.</summary>
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
