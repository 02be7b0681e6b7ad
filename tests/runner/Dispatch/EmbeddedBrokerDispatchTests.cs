using IotMqtt.Broker;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Runner.Tests.Dispatch;

/// <summary>On the broker of this repository.</summary>
public sealed class EmbeddedBrokerDispatchTests : DispatchSuite, IAsyncLifetime
{
    private MqttBroker _broker = null!;

    protected override BrokerUrl Broker => BrokerUrl.Parse(_broker.Endpoint.ToString());

    public async ValueTask InitializeAsync() =>
        _broker = await MqttBroker.StartAsync(new BrokerOptions { Port = 0 }, null, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await _broker.DisposeAsync();
}
