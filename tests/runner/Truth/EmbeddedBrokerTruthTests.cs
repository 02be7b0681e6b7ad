using IotMqtt.Broker;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Runner.Tests.Truth;

/// <summary>On the broker of this repository.</summary>
public sealed class EmbeddedBrokerTruthTests : TruthSuite
{
    protected override async Task<(BrokerUrl Url, IAsyncDisposable Broker)> StartAsync(CancellationToken cancellationToken)
    {
        var broker = await MqttBroker.StartAsync(new BrokerOptions { Port = 0 }, null, cancellationToken);
        return (BrokerUrl.Parse(broker.Endpoint.ToString()), broker);
    }
}
