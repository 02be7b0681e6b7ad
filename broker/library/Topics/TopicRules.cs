namespace IotMqtt.Broker.Topics;

/// <summary>The grammar of topic names and filters (MQTT 5, section 4.7).</summary>
internal static class TopicRules
{
    /// <summary>Levels of one topic: what the recursion over the topic tree rests on.</summary>
    public const int MaxLevels = 200;

    private const string SharePrefix = "$share/";

    public static bool IsName(ReadOnlySpan<char> topic) => topic.Length > 0 && topic.IndexOfAny('#', '+', '\0') < 0;

    /// <summary>Whether a topic has no more levels than this broker takes.</summary>
    public static bool IsShallow(ReadOnlySpan<char> topic) => topic.Count('/') < MaxLevels;

    public static bool IsFilter(ReadOnlySpan<char> filter)
    {
        if (filter.Length == 0 || filter.Contains('\0') || filter.Count('/') >= MaxLevels)
        {
            return false;
        }

        foreach (var range in filter.Split('/'))
        {
            var level = filter[range];
            var isLast = range.End.Value == filter.Length;
            if (level.Length > 1 && level.IndexOfAny('#', '+') >= 0 || level is "#" && !isLast)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Splits <c>$share/{group}/{filter}</c> (section 4.8.2); a filter without that prefix has no group.</summary>
    public static bool TrySplitShared(string filter, out string? group, out string inner)
    {
        (group, inner) = (null, filter);
        if (!filter.StartsWith(SharePrefix, StringComparison.Ordinal))
        {
            return true;
        }

        var end = filter.IndexOf('/', SharePrefix.Length);
        if (end < 0)
        {
            return false;
        }

        (group, inner) = (filter[SharePrefix.Length..end], filter[(end + 1)..]);
        return group.Length > 0 && group.AsSpan().IndexOfAny('#', '+') < 0;
    }

    /// <summary>Wildcards at the first level do not match topics that begin with <c>$</c> (section 4.7.2).</summary>
    public static bool IsHidden(ReadOnlySpan<char> topic) => topic.StartsWith('$');
}
