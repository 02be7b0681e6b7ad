using IotMqtt.Testing;
using MQTTnet;
using MQTTnet.Formatter;

namespace IotMqtt.Broker.Tests.Support;

/// <summary>A broker of one's own on free ports; a test that makes it log an error fails.</summary>
public abstract class BrokerTest : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _clients = [];

    internal TestLog Log { get; } = new();

    internal MqttBroker Broker { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected virtual BrokerOptions Options => new() { Port = 0, WebSocketPort = 0 };

    internal virtual TimeProvider Time => TimeProvider.System;

    public virtual async ValueTask InitializeAsync() => Broker = await MqttBroker.StartAsync(Options, Log, Time, Token);

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await Broker.DisposeAsync();
        Log.Dispose();
        GC.SuppressFinalize(this);
    }

    internal MqttClientOptionsBuilder ClientOptions(string? clientId = null, MqttProtocolVersion version = MqttProtocolVersion.V500) =>
        new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", Broker.Endpoint.Port).WithClientId(clientId ?? "").WithProtocolVersion(version).WithNoKeepAlive();

    internal Task<TestClient> ConnectAsync(string? clientId = null, MqttProtocolVersion version = MqttProtocolVersion.V500) =>
        ConnectAsync(ClientOptions(clientId, version));

    internal async Task<TestClient> ConnectAsync(MqttClientOptionsBuilder options)
    {
        var client = await TestClient.ConnectAsync(options.Build());
        _clients.Add(client);
        return client;
    }

    /// <summary>
    /// Disconnects a client and returns when the broker has seen it. The client itself is done when its DISCONNECT is on its way: what
    /// others publish right after that may still find it connected.
    /// </summary>
    internal async Task LeaveAsync(TestClient client)
    {
        var before = Broker.OpenConnections;
        await client.DisconnectAsync();
        await Eventually.Async("the broker has seen the client go", () => Broker.OpenConnections < before, Token, () => Broker.OpenConnections);
    }

    internal RawClient Raw(string? from = null)
    {
        var client = new RawClient(Broker.Endpoint.Port, from);
        _clients.Add(client);
        return client;
    }
}
