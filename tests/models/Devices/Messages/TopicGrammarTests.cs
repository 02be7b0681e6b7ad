using IotMqtt.Models.Devices.Messages;

namespace IotMqtt.Models.Tests.Devices.Messages;

public sealed class TopicGrammarTests
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
    [InlineData("a/b", "a/c", false)]
    [InlineData("a/b", "a/b/c", false)]
    [InlineData("a/+/c", "a/b/c", true)]
    [InlineData("a/+/c", "a//c", true)]
    [InlineData("+/x", "$SYS/x", false)]
    [InlineData("#", "a", true)]
    [InlineData("+/+", "/a", true)]
    [InlineData("a/#", "ab", false)]
    [InlineData("$SYS/#", "$SYS/a", true)]
    public void A_topic_fits_a_filter_as_MQTT_says(string filter, string topic, bool fits) => Assert.Equal(fits, TopicGrammar.Fits(filter, topic));
}
