using IotMqtt.Broker.Tests.Support;
using IotMqtt.Testing;
using MQTTnet;

namespace IotMqtt.Broker.Tests.Wills;

public sealed class WillDelayTests : TimedBrokerTest
{
    [Fact]
    public async Task A_will_waits_for_its_delay()
    {
        var (watcher, device) = await BeginAsync();
        await VanishAsync(device);

        Pass(9);
        await watcher.NothingMoreAsync();
        var will = watcher.NextAsync("status");
        await SweepUntilAsync("the will is published", () => will.IsCompleted);
        Assert.Equal("offline", await will);
    }

    [Fact]
    public async Task A_client_that_comes_back_to_its_session_in_time_takes_its_will_back()
    {
        var (watcher, device) = await BeginAsync();
        await VanishAsync(device);
        Pass(5);

        await ConnectAsync(Device().WithCleanStart(false));

        Pass(60);
        Pass(60);
        await watcher.NothingMoreAsync();
    }

    [Fact]
    public async Task A_clean_start_ends_the_session_and_so_the_wait()
    {
        var (watcher, device) = await BeginAsync();
        await VanishAsync(device);

        await ConnectAsync(Device());

        Assert.Equal("offline", await watcher.NextAsync("status"));
    }

    private async Task<(TestClient Watcher, TestClient Device)> BeginAsync()
    {
        var watcher = await ConnectAsync("watcher");
        await watcher.SubscribeAsync("status");
        return (watcher, await ConnectAsync(Device()));
    }

    private async Task VanishAsync(TestClient device)
    {
        var before = Broker.OpenConnections;
        device.Vanish();
        await Eventually.Async("the broker has seen it go", () => Broker.OpenConnections < before, Token);
    }

    private MqttClientOptionsBuilder Device() => ClientOptions("device").WithSessionExpiryInterval(3600)
        .WithWillTopic("status").WithWillPayload("offline").WithWillDelayInterval(10);
}
