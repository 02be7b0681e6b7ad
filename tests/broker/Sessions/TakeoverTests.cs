using System.Collections.Concurrent;
using System.IO.Pipelines;
using IotMqtt.Broker.Access;
using IotMqtt.Broker.Connections;
using IotMqtt.Broker.Delivery;
using IotMqtt.Broker.Peers;
using IotMqtt.Broker.Retained;
using IotMqtt.Broker.Routing;
using IotMqtt.Broker.Sessions;
using IotMqtt.Broker.Subscriptions;
using IotMqtt.Broker.Tests.Support;
using IotMqtt.Broker.Wills;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Packets;
using MQTTnet.Server;
using MQTTnet.Server.Internal;

namespace IotMqtt.Broker.Tests.Sessions;

public sealed class TakeoverTests
{
    private static readonly byte[] ConnectWithRetainedWill = Packets.Packet(
        0x10, [.. Packets.Text("MQTT"), 4, 0x26, 0, 0, .. Packets.Text("device"), .. Packets.Text("status"), .. Packets.Text("offline")]);

    private readonly Router _router;
    private readonly Surroundings _around;

    public TakeoverTests()
    {
        var options = new BrokerOptions();
        var clock = new Clock(new FakeTimeProvider());
        var table = new SubscriptionTable();
        var access = new AccessControl(options, new AccessRules(null, null), NullLogger<AccessControl>.Instance);
        _router = new Router(table, new RetainedStore(10, 10_000), new MemoryBudget(10_000), access, clock);
        var gates = new ClientGates();
        var registry = new SessionRegistry(_ => Task.FromResult(NewSession()), table, new WillKeeper(_router, clock), gates, clock);
        _around = new Surroundings(options, clock, _router, registry, gates, Support.NewSession.Drops(), access, NullLogger<Connection>.Instance);
    }

    [Fact]
    public async Task The_will_of_the_connection_before_is_out_when_the_next_one_is_accepted()
    {
        using var first = await AcceptAsync();
        Assert.Equal(0, _router.Retained.Messages);

        // The first has not ended yet, as it would not have if its thread were slow.
        using var second = await AcceptAsync();
        Assert.Equal(1, _router.Retained.Messages);

        _router.Route("device", new() { Topic = "status", Retain = true });
        await first.DisconnectAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, _router.Retained.Messages);
    }

    private async Task<Connection> AcceptAsync()
    {
        var token = TestContext.Current.CancellationToken;
        var (fromClient, toClient) = (new Pipe(), new Pipe());
        var connection = new Connection(new Transport(fromClient.Reader, toClient.Writer), new Peer(null, IsSecure: false, () => { }, () => { }), _around);
        await fromClient.Writer.WriteAsync(ConnectWithRetainedWill, token);
        Assert.IsType<MqttConnectPacket>(await connection.ReceivePacketAsync(token));
        await connection.SendPacketAsync(new MqttConnAckPacket(), token);
        return connection;
    }

    private static MqttSessionStatus NewSession()
    {
        var (options, events, log) = (new MqttServerOptions(), new MqttServerEventContainer(), new MqttNetNullLogger());
        var retained = new MqttRetainedMessagesManager(events, log);
        var items = new ConcurrentDictionary<object, object>();
        items[BrokerSession.Key] = Support.NewSession.Of("device");
        var sessions = new MqttClientSessionsManager(options, retained, events, log);
        return new MqttSessionStatus(new MqttSession(new MqttConnectPacket { ClientId = "device" }, items, options, events, retained, sessions));
    }

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
