using CsCheck;
using IotMqtt.Broker.Retained;
using IotMqtt.Broker.Tests.Topics;
using MQTTnet;

namespace IotMqtt.Broker.Tests.Retained;

public sealed class RetainedStoreTests
{
    [Fact]
    public void A_filter_finds_what_the_specification_says_after_any_changes() =>
        Gen.Select(Gen.Select(TopicGen.Topic, Gen.Int[0, 3]).Array[0, 40], TopicGen.Filter.Array[1, 10]).Sample((changes, filters) =>
        {
            var store = new RetainedStore(1000, 1_000_000);
            var model = new Dictionary<string, string>();
            foreach (var (topic, value) in changes)
            {
                Assert.True(store.Set(Message(topic, value == 0 ? "" : $"{value}"), null));
                model[topic] = $"{value}";
                if (value == 0)
                {
                    model.Remove(topic);
                }
            }

            Assert.Equal(model.Count, store.Count);
            Assert.Equal(model.Sum(entry => new RetainedMessage(Message(entry.Key, entry.Value), null).Size), store.Bytes);
            foreach (var filter in filters)
            {
                var expected = model.Where(entry => NaiveMatcher.Matches(filter, entry.Key)).Select(entry => $"{entry.Key}={entry.Value}").Order();
                Assert.Equal(expected, Find(store, filter).Order());
            }
        });

    [Fact]
    public void What_does_not_fit_is_refused_and_what_was_there_stays()
    {
        var store = new RetainedStore(maxMessages: 2, maxBytes: 2 * new RetainedMessage(Message("a", "1"), null).Size);
        Assert.True(store.Set(Message("a", "1"), null));
        Assert.True(store.Set(Message("b", "1"), null));
        Assert.False(store.Set(Message("c", "1"), null));
        Assert.False(store.Set(Message("a", new string('x', 20)), null));
        Assert.True(store.Set(Message("a", "2"), null));
        Assert.Equal(["a=2", "b=1"], Find(store, "#").Order());

        Assert.True(store.Set(Message("b", ""), null));
        Assert.True(store.Set(Message("c", "1"), null));
    }

    [Fact]
    public void A_message_goes_when_it_expires_unless_another_has_replaced_it()
    {
        var store = new RetainedStore(10, 10_000);
        store.Set(Message("gone", "1"), deadline: 100);
        store.Set(Message("kept", "1"), deadline: 100);
        store.Set(Message("kept", "2"), deadline: 200);

        store.Expire(now: 100);

        Assert.Equal(["kept=2"], Find(store, "#"));
        Assert.Equal((1, new RetainedMessage(Message("kept", "2"), null).Size), (store.Count, store.Bytes));
    }

    [Fact]
    public void A_topic_that_is_published_over_and_over_with_an_expiry_leaves_no_trail()
    {
        var store = new RetainedStore(10, 10_000);
        for (var i = 0; i < 10_000; i++)
        {
            store.Set(Message("t", "x"), deadline: 1_000_000 + i);
        }

        Assert.InRange(store.Expiring, 1, 100);
        store.Expire(now: 2_000_000);
        Assert.Equal(0, store.Count);
    }

    private static MqttApplicationMessage Message(string topic, string payload) =>
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).Build();

    private static IEnumerable<string> Find(RetainedStore store, string filter)
    {
        var found = new List<RetainedMessage>();
        store.Find(filter, found);
        return found.Select(kept => $"{kept.Message.Topic}={kept.Message.ConvertPayloadToString()}");
    }
}
