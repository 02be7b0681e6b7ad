using IotMqtt.Broker.Tests.Support;
using MQTTnet;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Tests.Retained;

public sealed class RetainedTests : BrokerTest
{
    [Fact]
    public async Task A_subscriber_gets_the_last_retained_message_of_each_topic()
    {
        var publisher = await ConnectAsync();
        await publisher.PublishAsync("devices/a/status", "offline", retain: true);
        await publisher.PublishAsync("devices/a/status", "online", retain: true);
        await publisher.PublishAsync("devices/b/status", "online", retain: true);
        await publisher.PublishAsync("devices/b/status", "", retain: true);

        var subscriber = await ConnectAsync();
        await subscriber.SubscribeAsync("devices/+/status");

        var received = await subscriber.NextAsync();
        Assert.Equal(("devices/a/status", "online", true), (received.Topic, received.ConvertPayloadToString(), received.Retain));
        await subscriber.NothingMoreAsync();
    }

    [Fact]
    public async Task A_subscription_without_own_messages_gets_no_own_retained_one()
    {
        var client = await ConnectAsync("a");
        await client.PublishAsync("t/own", "x", retain: true);
        await (await ConnectAsync("b")).PublishAsync("t/other", "y", retain: true);

        await client.SubscribeAsync("t/+", also: filter => filter.WithNoLocal());

        Assert.Equal("y", await client.NextAsync("t/other"));
        await client.NothingMoreAsync();
    }

    [Fact]
    public async Task Who_is_subscribed_already_gets_it_without_the_flag_unless_it_asks_for_it()
    {
        var plain = await ConnectAsync();
        await plain.SubscribeAsync("t");
        var asPublished = await ConnectAsync();
        await asPublished.SubscribeAsync("t", also: filter => filter.WithRetainAsPublished());

        await (await ConnectAsync()).PublishAsync("t", "x", retain: true);

        Assert.False((await plain.NextAsync()).Retain);
        Assert.True((await asPublished.NextAsync()).Retain);
    }

    [Theory]
    [InlineData(MqttRetainHandling.SendAtSubscribe, 2)]
    [InlineData(MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly, 1)]
    [InlineData(MqttRetainHandling.DoNotSendOnSubscribe, 0)]
    public async Task Retain_handling_says_when_retained_messages_are_sent(MqttRetainHandling handling, int expected)
    {
        var client = await ConnectAsync();
        await client.PublishAsync("t", "x", retain: true);

        await client.SubscribeAsync("t", also: filter => filter.WithRetainHandling(handling));
        await client.SubscribeAsync("t", also: filter => filter.WithRetainHandling(handling));

        for (var i = 0; i < expected; i++)
        {
            Assert.Equal("x", await client.NextAsync("t"));
        }

        await client.NothingMoreAsync();
    }
}
