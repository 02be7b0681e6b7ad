using IotMqtt.Broker.Tests.Support;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Tests.Wills;

public sealed class WillTests : BrokerTest
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task The_will_of_a_client_that_vanishes_is_published_and_retained(MqttProtocolVersion version)
    {
        var watcher = await ConnectAsync();
        await watcher.SubscribeAsync("status/+");
        var device = await ConnectAsync(WithWill("device", version));

        device.Vanish();

        Assert.Equal("offline", await watcher.NextAsync("status/device"));
        var late = await ConnectAsync();
        await late.SubscribeAsync("status/device");
        Assert.True((await late.NextAsync()).Retain);
    }

    [Fact]
    public async Task A_client_that_says_goodbye_takes_its_will_along_unless_it_asks_to_leave_it()
    {
        var watcher = await ConnectAsync();
        await watcher.SubscribeAsync("status/+");

        await (await ConnectAsync(WithWill("polite"))).DisconnectAsync();
        await (await ConnectAsync(WithWill("leaving"))).DisconnectAsync(MqttClientDisconnectOptionsReason.DisconnectWithWillMessage);

        Assert.Equal("offline", await watcher.NextAsync("status/leaving"));
        await watcher.NothingMoreAsync();
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task After_a_takeover_the_new_connection_has_the_last_word(MqttProtocolVersion version)
    {
        var watcher = await ConnectAsync();
        await watcher.SubscribeAsync("status/+");
        _ = await ConnectAsync(WithWill("device", version));

        var second = await ConnectAsync(WithWill("device", version));
        await second.PublishAsync("status/device", "online", retain: true);

        Assert.Equal("offline", await watcher.NextAsync("status/device"));
        Assert.Equal("online", await watcher.NextAsync("status/device"));
        await watcher.NothingMoreAsync();
    }

    private MqttClientOptionsBuilder WithWill(string clientId, MqttProtocolVersion version = MqttProtocolVersion.V500) =>
        ClientOptions(clientId, version).WithWillTopic($"status/{clientId}").WithWillPayload("offline").WithWillRetain()
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
}
