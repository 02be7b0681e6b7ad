using IotMqtt.Broker.Tests.Support;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Tests.Routing;

public sealed class RoutingTests : BrokerTest
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task A_message_reaches_whoever_subscribes_to_its_topic(MqttProtocolVersion version)
    {
        var subscriber = await ConnectAsync("subscriber", version);
        var publisher = await ConnectAsync("publisher", version);
        await subscriber.SubscribeAsync("lights/+/state");

        await publisher.PublishAsync("lights/kitchen/state", "on");
        await publisher.PublishAsync("lights/kitchen", "not this");
        await publisher.PublishAsync("lights/attic/state", "off", MqttQualityOfServiceLevel.ExactlyOnce);

        Assert.Equal("on", await subscriber.NextAsync("lights/kitchen/state"));
        Assert.Equal("off", await subscriber.NextAsync("lights/attic/state"));
        await subscriber.NothingMoreAsync();
    }

    [Fact]
    public async Task A_publisher_is_told_when_nobody_subscribes()
    {
        var publisher = await ConnectAsync();

        var nobody = await publisher.PublishAsync("nobody/here", "x");
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, nobody.ReasonCode);

        await publisher.SubscribeAsync("nobody/#");
        var somebody = await publisher.PublishAsync("nobody/here", "x");
        Assert.Equal(MqttClientPublishReasonCode.Success, somebody.ReasonCode);
    }

    [Fact]
    public async Task Everything_about_a_request_is_forwarded()
    {
        var device = await ConnectAsync("device");
        await device.SubscribeAsync("cmd/+", identifier: 7);
        var requester = await ConnectAsync("requester");

        await requester.PublishAsync(message => message
            .WithTopic("cmd/play").WithPayload("{}").WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithResponseTopic("clients/1/ack").WithCorrelationData([1, 2, 0, 255]).WithContentType("application/json")
            .WithPayloadFormatIndicator(MqttPayloadFormatIndicator.CharacterData).WithMessageExpiryInterval(30)
            .WithUserProperty("run", System.Text.Encoding.UTF8.GetBytes("r1")).WithUserProperty("run", System.Text.Encoding.UTF8.GetBytes("r2")));

        var received = await device.NextAsync();
        Assert.Equal("clients/1/ack", received.ResponseTopic);
        Assert.Equal(new byte[] { 1, 2, 0, 255 }, received.CorrelationData);
        Assert.Equal("application/json", received.ContentType);
        Assert.Equal(MqttPayloadFormatIndicator.CharacterData, received.PayloadFormatIndicator);
        Assert.Equal(30u, received.MessageExpiryInterval);
        Assert.Equal(["r1", "r2"], received.UserProperties.Select(property => System.Text.Encoding.UTF8.GetString(property.ValueBuffer.Span)));
        Assert.Equal([7u], received.SubscriptionIdentifiers);
    }

    [Fact]
    public async Task Overlapping_subscriptions_give_one_copy_with_the_highest_quality_of_service_and_all_identifiers()
    {
        var client = await ConnectAsync();
        await client.SubscribeAsync("a/#", MqttQualityOfServiceLevel.AtMostOnce, identifier: 1);
        await client.SubscribeAsync("a/+", MqttQualityOfServiceLevel.AtLeastOnce, identifier: 2);
        await client.SubscribeAsync("a/b", MqttQualityOfServiceLevel.AtMostOnce, identifier: 3);

        await client.PublishAsync("a/b", "x", MqttQualityOfServiceLevel.ExactlyOnce);

        var received = await client.NextAsync();
        Assert.Equal(MqttQualityOfServiceLevel.AtLeastOnce, received.QualityOfServiceLevel);
        Assert.Equal([1u, 2u, 3u], received.SubscriptionIdentifiers.Order());
        await client.NothingMoreAsync();
    }

    [Fact]
    public async Task No_local_keeps_a_client_from_hearing_itself()
    {
        var client = await ConnectAsync("self");
        var other = await ConnectAsync("other");
        await client.SubscribeAsync("room", also: filter => filter.WithNoLocal());

        await client.PublishAsync("room", "mine");
        await other.PublishAsync("room", "theirs");

        Assert.Equal("theirs", await client.NextAsync("room"));
        await client.NothingMoreAsync();
    }

    [Fact]
    public async Task A_shared_subscription_gives_each_message_to_one_of_its_members_in_turn()
    {
        var one = await ConnectAsync("one");
        var two = await ConnectAsync("two");
        Assert.True(one.Connected.SharedSubscriptionAvailable);
        await one.SubscribeAsync("$share/workers/jobs/+");
        await two.SubscribeAsync("$share/workers/jobs/+");

        var publisher = await ConnectAsync();
        foreach (var job in Enumerable.Range(0, 4))
        {
            await publisher.PublishAsync($"jobs/{job}", $"{job}");
        }

        var seen = new[] { await one.NextAsync(), await one.NextAsync(), await two.NextAsync(), await two.NextAsync() };
        Assert.Equal(["0", "1", "2", "3"], seen.Select(message => message.ConvertPayloadToString()).Order());
        await one.NothingMoreAsync();
    }

    [Fact]
    public async Task A_client_that_unsubscribes_gets_no_more()
    {
        var client = await ConnectAsync();
        await client.SubscribeAsync("a");
        await client.Inner.UnsubscribeAsync("a", Token);

        var published = await client.PublishAsync("a", "x");

        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, published.ReasonCode);
        await client.NothingMoreAsync();
    }
}
