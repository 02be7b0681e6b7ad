namespace IotMqtt.Broker.Topics;

/// <summary>Compares single filters; for many there is the subscription table.</summary>
internal static class FilterMatch
{
    /// <summary>Whether a topic is one that a filter matches (MQTT 5, section 4.7).</summary>
    public static bool Matches(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic)
    {
        if (TopicRules.IsHidden(topic) && filter.Length > 0 && (filter[0] is '+' or '#'))
        {
            return false;
        }

        while (true)
        {
            var moreFilter = TopicLevels.Cut(filter, out var wanted, out filter);
            if (wanted is "#")
            {
                return true;
            }

            var moreTopic = TopicLevels.Cut(topic, out var level, out topic);
            if (wanted is not "+" && !wanted.SequenceEqual(level))
            {
                return false;
            }

            if (!moreTopic || !moreFilter)
            {
                // "a/#" matches "a", too.
                return moreTopic == moreFilter || !moreTopic && filter is "#";
            }
        }
    }

    /// <summary>Whether some topic is matched by both filters.</summary>
    public static bool Overlap(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        while (true)
        {
            var moreOne = TopicLevels.Cut(one, out var left, out one);
            var moreOther = TopicLevels.Cut(other, out var right, out other);
            if (left is "#" || right is "#")
            {
                return true;
            }

            if (left is not "+" && right is not "+" && !left.SequenceEqual(right))
            {
                return false;
            }

            if (!moreOne || !moreOther)
            {
                return moreOne == moreOther || moreOne && one is "#" || moreOther && other is "#";
            }
        }
    }

    /// <summary>Whether all that <paramref name="narrow"/> matches is matched by <paramref name="wide"/>.</summary>
    public static bool Covers(ReadOnlySpan<char> wide, ReadOnlySpan<char> narrow)
    {
        while (true)
        {
            var moreWide = TopicLevels.Cut(wide, out var left, out wide);
            if (left is "#")
            {
                return true;
            }

            var moreNarrow = TopicLevels.Cut(narrow, out var right, out narrow);
            if (right is "#" || left is not "+" && !left.SequenceEqual(right))
            {
                return false;
            }

            if (!moreWide || !moreNarrow)
            {
                return moreWide == moreNarrow || !moreNarrow && wide is "#";
            }
        }
    }
}
