using CsCheck;
using IotMqtt.Broker.Sessions;
using IotMqtt.Broker.Subscriptions;
using IotMqtt.Broker.Tests.Support;
using IotMqtt.Broker.Tests.Topics;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Tests.Subscriptions;

public sealed class SubscriptionTableTests
{
    private static readonly Gen<(int Session, string Filter, bool Remove)> Change = Gen.Select(Gen.Int[0, 7], TopicGen.Filter, Gen.Int[0, 3].Select(i => i == 0));

    [Fact]
    public void The_tree_finds_what_the_specification_says_after_any_changes() =>
        Gen.Select(Change.Array[0, 40], TopicGen.Topic.Array[1, 10]).Sample((changes, topics) =>
        {
            var table = new SubscriptionTable();
            var sessions = Sessions(8);
            var model = new HashSet<(int Session, string Filter)>();
            foreach (var (session, filter, remove) in changes)
            {
                if (remove)
                {
                    Assert.Equal(model.Remove((session, filter)), table.Remove(sessions[session], filter));
                }
                else
                {
                    var outcome = table.Add(sessions[session], new Subscription(filter, default), int.MaxValue);
                    Assert.Equal(model.Add((session, filter)) ? SubscribeOutcome.Added : SubscribeOutcome.Replaced, outcome);
                }
            }

            foreach (var topic in topics)
            {
                var expected = model.Where(entry => NaiveMatcher.Matches(entry.Filter, topic)).Select(entry => $"s{entry.Session}").Distinct().Order();
                Assert.Equal(expected, Find(table, topic).Order());
            }
        });

    [Fact]
    public void A_session_that_is_closed_leaves_nothing_behind() =>
        Change.Array[0, 40].Sample(changes =>
        {
            var table = new SubscriptionTable();
            var sessions = Sessions(8);
            foreach (var (session, filter, _) in changes)
            {
                table.Add(sessions[session], new Subscription(filter, default), int.MaxValue);
            }

            foreach (var session in sessions)
            {
                table.Close(session);
                Assert.Equal(SubscribeOutcome.SessionGone, table.Add(session, new Subscription("a", default), int.MaxValue));
            }

            Assert.True(table.IsEmpty);
        });

    [Fact]
    public void What_overlapping_subscriptions_grant_adds_up()
    {
        var table = new SubscriptionTable();
        var session = Sessions(1)[0];
        table.Add(session, new Subscription("a/#", MqttQualityOfServiceLevel.AtMostOnce, Identifier: 1), 9);
        table.Add(session, new Subscription("a/+", MqttQualityOfServiceLevel.ExactlyOnce, RetainAsPublished: true), 9);
        table.Add(session, new Subscription("a/b", MqttQualityOfServiceLevel.AtLeastOnce, Identifier: 2), 9);
        var matches = new Matches();

        table.Find("a/b", null, matches);

        Assert.Equal(1, matches.Count);
        var match = matches.Found[0];
        Assert.Equal(MqttQualityOfServiceLevel.ExactlyOnce, match.QoS);
        Assert.True(match.RetainAsPublished);
        Assert.Equal([1u, 2u], match.MoreIdentifiers!.Prepend(match.Identifier).Order());
    }

    [Fact]
    public void No_local_leaves_the_sender_out_but_only_by_that_subscription()
    {
        var table = new SubscriptionTable();
        var session = Sessions(1)[0];
        table.Add(session, new Subscription("a", default, NoLocal: true), 9);

        Assert.Empty(Find(table, "a", "s0"));
        Assert.Equal(["s0"], Find(table, "a", "s1"));

        table.Add(session, new Subscription("+", default), 9);
        Assert.Equal(["s0"], Find(table, "a", "s0"));
    }

    [Fact]
    public void The_number_of_subscriptions_of_a_session_is_bounded()
    {
        var table = new SubscriptionTable();
        var session = Sessions(1)[0];
        Assert.Equal(SubscribeOutcome.Added, table.Add(session, new Subscription("a", default), 2));
        Assert.Equal(SubscribeOutcome.Added, table.Add(session, new Subscription("b", default), 2));
        Assert.Equal(SubscribeOutcome.TooMany, table.Add(session, new Subscription("c", default), 2));
        Assert.Equal(SubscribeOutcome.Replaced, table.Add(session, new Subscription("a", default), 2));
    }

    [Fact]
    public void A_shared_group_takes_turns_and_counts_beside_a_subscription_of_ones_own()
    {
        var table = new SubscriptionTable();
        var sessions = Sessions(3);
        table.Add(sessions[0], new Subscription("$share/g/a", default), 9);
        table.Add(sessions[1], new Subscription("$share/g/a", default), 9);
        table.Add(sessions[2], new Subscription("a", default), 9);

        var seen = Enumerable.Range(0, 4).SelectMany(_ => Find(table, "a")).CountBy(id => id).ToDictionary();
        Assert.Equal((2, 2, 4), (seen["s0"], seen["s1"], seen["s2"]));

        Assert.True(table.Remove(sessions[0], "$share/g/a"));
        Assert.Equal(["s1", "s2"], Find(table, "a").Order());
    }

    private static BrokerSession[] Sessions(int count) => [.. Enumerable.Range(0, count).Select(i => NewSession.Of($"s{i}"))];

    private static string[] Find(SubscriptionTable table, string topic, string? sender = null)
    {
        var matches = new Matches();
        table.Find(topic, sender, matches);
        return [.. matches.Found.ToArray().Select(match => match.Session.ClientId)];
    }
}
