using IotMqtt.Protocol.Links;
using IotMqtt.Testing;

namespace IotMqtt.Devices.Tests.Support;

/// <summary>Mosquitto on a port of its own, for the tests of a class.</summary>
public sealed class Mosquitto : IAsyncLifetime
{
    private MosquittoBroker? _broker;

    public BrokerUrl Url => BrokerUrl.Parse(_broker!.Url);

    public int Port => _broker!.Port;

    public async ValueTask InitializeAsync() => _broker = await MosquittoBroker.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _broker?.DisposeAsync() ?? ValueTask.CompletedTask;
}
