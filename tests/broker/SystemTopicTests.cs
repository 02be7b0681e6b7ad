using IotMqtt.Broker.Tests.Support;
using MQTTnet;

namespace IotMqtt.Broker.Tests;

/// <summary>What the broker says of itself, by the names that health checks of others ask for.</summary>
public sealed class SystemTopicTests : BrokerTest
{
    [Theory]
    [InlineData("version")]
    [InlineData("uptime")]
    [InlineData("clients/connected")]
    [InlineData("messages/received")]
    [InlineData("subscriptions/count")]
    [InlineData("retained messages/count")]
    public async Task It_is_there_for_whoever_subscribes(string name)
    {
        var client = await ConnectAsync();
        await client.SubscribeAsync($"$SYS/broker/{name}");

        Assert.NotEmpty(await client.NextAsync($"$SYS/broker/{name}"));
    }

    [Fact]
    public async Task Wildcards_do_not_see_it_and_clients_cannot_publish_there()
    {
        var all = await ConnectAsync();
        await all.SubscribeAsync("#");
        await all.SubscribeAsync("+/broker/uptime");
        var liar = await ConnectAsync();

        var answer = await liar.PublishAsync("$SYS/broker/uptime", "for ever", retain: true);

        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, answer.ReasonCode);
        await all.NothingMoreAsync();
    }

    [Fact]
    public async Task A_topic_that_is_too_deep_is_answered_and_the_connection_stands()
    {
        var client = await ConnectAsync();
        var deep = string.Join('/', Enumerable.Repeat("a", 300));

        Assert.Equal(MqttClientPublishReasonCode.TopicNameInvalid, (await client.PublishAsync(deep, "x")).ReasonCode);
        Assert.Equal(MqttClientSubscribeResultCode.TopicFilterInvalid, (await client.SubscribeAsync(deep)).Items.Single().ResultCode);
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, (await client.PublishAsync("a", "x")).ReasonCode);

        var peer = Raw();
        await peer.ConnectAsync("peer");
        await peer.SendAsync(Packets.Packet(0x34, [.. Packets.Text(deep), 0, 1, 0]));
        Assert.Equal([0x50, 4, 0, 1, 0x90, 0], await peer.ReceivePacketAsync());
    }
}
