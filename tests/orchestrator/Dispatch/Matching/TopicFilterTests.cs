using IotMqtt.Orchestrator.Dispatch.Matching;

namespace IotMqtt.Orchestrator.Tests.Dispatch.Matching;

public sealed class TopicFilterTests
{
    [Theory]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a/c", false)]
    [InlineData("a/b", "a/b/c", false)]
    [InlineData("a/+", "a/b", true)]
    [InlineData("a/+", "a", false)]
    [InlineData("a/+/c", "a/b/c", true)]
    [InlineData("+/+", "/a", true)]
    [InlineData("a/#", "a/b/c", true)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "ab", false)]
    [InlineData("#", "a/b", true)]
    [InlineData("#", "$SYS/a", false)]
    [InlineData("+/a", "$SYS/a", false)]
    [InlineData("$SYS/#", "$SYS/a", true)]
    public void A_topic_fits_a_filter_as_MQTT_says(string filter, string topic, bool fits) => Assert.Equal(fits, TopicFilter.Fits(filter, topic));
}
