using IotMqtt.Broker.Topics;

namespace IotMqtt.Broker.Tests.Topics;

public sealed class TopicRulesTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("/")]
    [InlineData("a//b")]
    [InlineData("$SYS/x")]
    [InlineData("Grüße/ä")]
    public void These_are_topic_names_and_filters(string topic)
    {
        Assert.True(TopicRules.IsName(topic));
        Assert.True(TopicRules.IsFilter(topic));
    }

    [Theory]
    [InlineData("#")]
    [InlineData("+")]
    [InlineData("a/#")]
    [InlineData("+/+/#")]
    [InlineData("/+")]
    public void These_are_filters_and_no_names(string filter)
    {
        Assert.False(TopicRules.IsName(filter));
        Assert.True(TopicRules.IsFilter(filter));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a#")]
    [InlineData("a/b#")]
    [InlineData("#/a")]
    [InlineData("a+")]
    [InlineData("+a/b")]
    [InlineData("a\0b")]
    public void These_are_neither(string filter)
    {
        Assert.False(TopicRules.IsName(filter));
        Assert.False(TopicRules.IsFilter(filter));
    }

    [Fact]
    public void Levels_are_bounded()
    {
        Assert.True(TopicRules.IsShallow(new string('/', TopicRules.MaxLevels - 1)));
        Assert.False(TopicRules.IsShallow(new string('/', TopicRules.MaxLevels)));
        Assert.False(TopicRules.IsFilter(new string('/', TopicRules.MaxLevels)));
    }

    [Theory]
    [InlineData("$share/g/a/+", "g", "a/+")]
    [InlineData("$share/g//a", "g", "/a")]
    [InlineData("$shared/a", null, "$shared/a")]
    [InlineData("a/$share/b", null, "a/$share/b")]
    public void A_shared_filter_is_split(string filter, string? group, string inner)
    {
        Assert.True(TopicRules.TrySplitShared(filter, out var foundGroup, out var foundInner));
        Assert.Equal((group, inner), (foundGroup, foundInner));
    }

    [Theory]
    [InlineData("$share/g")]
    [InlineData("$share//a")]
    [InlineData("$share/+/a")]
    public void A_shared_filter_without_a_group_is_refused(string filter) => Assert.False(TopicRules.TrySplitShared(filter, out _, out _));
}
