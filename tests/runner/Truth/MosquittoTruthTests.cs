using IotMqtt.Protocol.Links;
using IotMqtt.Testing;

namespace IotMqtt.Runner.Tests.Truth;

/// <summary>On Mosquitto.</summary>
public sealed class MosquittoTruthTests : TruthSuite
{
    protected override async Task<(BrokerUrl Url, IAsyncDisposable Broker)> StartAsync(CancellationToken cancellationToken)
    {
        var broker = await MosquittoBroker.StartAsync(cancellationToken);
        return (BrokerUrl.Parse(broker.Url), broker);
    }
}
