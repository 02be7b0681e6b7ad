using IotMqtt.Protocol.Links;
using IotMqtt.Testing;

namespace IotMqtt.Runner.Tests.Dispatch;

/// <summary>On Mosquitto.</summary>
public sealed class MosquittoDispatchTests : DispatchSuite, IAsyncLifetime
{
    private MosquittoBroker _broker = null!;

    protected override BrokerUrl Broker => BrokerUrl.Parse(_broker.Url);

    public async ValueTask InitializeAsync() => _broker = await MosquittoBroker.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await _broker.DisposeAsync();
}
