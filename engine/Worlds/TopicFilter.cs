namespace IotMqtt.Engine.Worlds;

/// <summary>MQTT's topic filters (MQTT 5, section 4.7), for messages that never leave the process.</summary>
internal static class TopicFilter
{
    public static bool Matches(string filter, string topic)
    {
        var wanted = filter.Split('/');
        var levels = topic.Split('/');
        if (topic.StartsWith('$') && wanted[0] is ("+" or "#"))
        {
            return false;
        }

        for (var level = 0; level < wanted.Length; level++)
        {
            if (wanted[level] == "#")
            {
                return true;
            }

            if (level == levels.Length || (wanted[level] != "+" && wanted[level] != levels[level]))
            {
                return false;
            }
        }

        return wanted.Length == levels.Length;
    }
}
