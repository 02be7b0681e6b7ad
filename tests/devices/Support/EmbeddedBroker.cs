using IotMqtt.Broker;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Devices.Tests.Support;

/// <summary>Our broker on a free port, for the tests of a class.</summary>
public sealed class EmbeddedBroker : IAsyncLifetime
{
    private MqttBroker? _broker;

    public BrokerUrl Url => BrokerUrl.Parse(_broker!.Endpoint.ToString());

    public async ValueTask InitializeAsync() =>
        _broker = await MqttBroker.StartAsync(new BrokerOptions { Port = 0 }, cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _broker?.DisposeAsync() ?? ValueTask.CompletedTask;
}
