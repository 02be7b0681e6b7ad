using IotMqtt.Engine.Worlds;

namespace IotMqtt.Engine.Tests.Worlds;

public sealed class TopicFilterTests
{
    [Theory]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/+", "a/b", true)]
    [InlineData("a/+", "a/b/c", false)]
    [InlineData("a/+", "a", false)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "a/b/c", true)]
    [InlineData("#", "a/b", true)]
    [InlineData("#", "$SYS/b", false)]
    [InlineData("+/b", "$SYS/b", false)]
    [InlineData("+/b", "/b", true)]
    [InlineData("a", "A", false)]
    public void A_filter_matches_as_MQTT_says(string filter, string topic, bool matches) => Assert.Equal(matches, TopicFilter.Matches(filter, topic));
}
