using CsCheck;
using IotMqtt.Broker.Topics;

namespace IotMqtt.Broker.Tests.Topics;

public sealed class FilterMatchTests
{
    [Fact]
    public void A_single_filter_matches_what_the_specification_says() =>
        Gen.Select(TopicGen.Filter, TopicGen.Topic).Sample((filter, topic) => Assert.Equal(NaiveMatcher.Matches(filter, topic), FilterMatch.Matches(filter, topic)), iter: 20_000);

    [Fact]
    public void Filters_that_match_one_topic_overlap_and_one_that_covers_another_matches_all_of_it() =>
        Gen.Select(TopicGen.Filter, TopicGen.Filter, TopicGen.Topic.Array[1, 20]).Sample((one, other, topics) =>
        {
            Assert.Equal(FilterMatch.Overlap(one, other), FilterMatch.Overlap(other, one));
            var isCovered = FilterMatch.Covers(one, other);
            foreach (var topic in topics.Where(topic => NaiveMatcher.Matches(other, topic)))
            {
                Assert.True(!isCovered || NaiveMatcher.Matches(one, topic) || TopicRules.IsHidden(topic), $"{one} covers {other}");
                Assert.True(!NaiveMatcher.Matches(one, topic) || FilterMatch.Overlap(one, other), $"{one} and {other} overlap at {topic}");
            }
        }, iter: 20_000);
}
