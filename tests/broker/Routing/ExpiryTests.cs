using IotMqtt.Broker.Tests.Support;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Tests.Routing;

public sealed class ExpiryTests : TimedBrokerTest
{
    [Fact]
    public async Task A_queued_message_is_delivered_with_what_is_left_of_its_time()
    {
        await LeaveKeptSessionAsync();
        await PublishAsync("news", "x", expiry: 10);
        Pass(4);

        var received = await (await ReturnAsync()).NextAsync();

        Assert.Equal(6u, received.MessageExpiryInterval);
    }

    [Fact]
    public async Task A_queued_message_whose_time_has_passed_is_not_delivered_and_those_behind_it_are()
    {
        await LeaveKeptSessionAsync();
        await PublishAsync("news", "too late", expiry: 10);
        await PublishAsync("news", "in time", expiry: 30);
        await PublishAsync("news", "for ever", expiry: 0);
        Pass(10);

        var client = await ReturnAsync();
        Assert.Equal("in time", await client.NextAsync("news"));
        Assert.Equal("for ever", await client.NextAsync("news"));
        await client.NothingMoreAsync();

        // What was not delivered must not be owed either: it would come again at each return.
        await LeaveAsync(client);
        await (await ReturnAsync()).NothingMoreAsync();
    }

    [Fact]
    public async Task A_retained_message_is_delivered_with_what_is_left_of_its_time_and_then_no_more()
    {
        await PublishAsync("status", "x", expiry: 10, retain: true);
        Pass(3.5);
        var inTime = await ConnectAsync();
        await inTime.SubscribeAsync("status");
        Assert.Equal(7u, (await inTime.NextAsync()).MessageExpiryInterval);

        Pass(6.5);
        var late = await ConnectAsync();
        await late.SubscribeAsync("status");
        await late.NothingMoreAsync();
    }

    private async Task LeaveKeptSessionAsync()
    {
        var client = await ReturnAsync();
        await client.SubscribeAsync("news");
        await LeaveAsync(client);
    }

    private Task<TestClient> ReturnAsync() => ConnectAsync(ClientOptions("sleeper").WithCleanStart(false).WithSessionExpiryInterval(3600));

    private async Task PublishAsync(string topic, string payload, uint expiry, bool retain = false) =>
        await (await ConnectAsync()).PublishAsync(message => message.WithTopic(topic).WithPayload(payload).WithRetainFlag(retain)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).WithMessageExpiryInterval(expiry));
}
