namespace IotMqtt.Broker.Topics;

/// <summary>Cuts a topic at its first slash.</summary>
internal static class TopicLevels
{
    /// <returns>Whether there is a rest; the rest may be empty: <c>a/</c> has two levels.</returns>
    public static bool Cut(ReadOnlySpan<char> topic, out ReadOnlySpan<char> level, out ReadOnlySpan<char> rest)
    {
        var slash = topic.IndexOf('/');
        level = slash < 0 ? topic : topic[..slash];
        rest = slash < 0 ? default : topic[(slash + 1)..];
        return slash >= 0;
    }
}
