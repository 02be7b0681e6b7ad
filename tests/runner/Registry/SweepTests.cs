using System.Collections.Concurrent;
using System.Text;
using IotMqtt.Engine.Programs;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Running;
using IotMqtt.Runner.Tests.Support;
using IotMqtt.Testing;

namespace IotMqtt.Runner.Tests.Registry;

/// <summary>What fleets leave on somebody's broker: nothing, or what a sweep clears. DESIGN section 5.</summary>
public sealed class SweepTests : IAsyncLifetime, ILinkHandler
{
    private readonly ConcurrentDictionary<string, byte[]> _retained = new();
    private MosquittoBroker _broker = null!;
    private MqttLink _link = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BrokerUrl Url => BrokerUrl.Parse(_broker.Url);

    public async ValueTask InitializeAsync()
    {
        _broker = await MosquittoBroker.StartAsync(Token);
        _link = new MqttLink(new MqttLinkOptions { Url = Url, ClientId = "looks" }, this, new LinkEnvironment(), new Subscription("iotmqtt/#"));
        await _link.ConnectAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task A_run_leaves_nothing_on_somebody_s_broker()
    {
        await using (var runner = await ProgramRunner.StartAsync(new() { Fleet = Home.Fleet, Broker = Url }, Token))
        {
            Assert.Equal(0, (await runner.RunAsync(Home.WakeUp, Token)).ExitCode);
            Assert.Contains(_retained, message => message.Key.StartsWith("iotmqtt/models/", StringComparison.Ordinal));
        }

        await Eventually.Async("nothing is retained", () => Left().Length == 0, Token, () => string.Join(' ', Left()));
    }

    [Fact]
    public async Task A_device_that_a_fault_keeps_away_at_the_end_leaves_nothing_either()
    {
        var fleet = FleetFile.Parse(
            "fleet: f\ndevices: [ { id: one, model: hue-light }, { id: two, model: hue-light } ]\n", "f.yaml", new FleetOptions(), new DiagnosticBag())!;
        var program = ProgramFile.Parse("program: p\nsteps:\n  - fault: { on: [one], disconnect: true }\n  - delay: 1h\n", "p.yaml", new DiagnosticBag())!;
        var runner = await ProgramRunner.StartAsync(new() { Fleet = fleet, Broker = Url }, Token);
        var running = runner.RunAsync(program, Token);
        await Eventually.Async(
            "its will has come",
            () => _retained.TryGetValue("iotmqtt/devices/one/status", out var status) && Encoding.UTF8.GetString(status).Contains("offline", StringComparison.Ordinal),
            Token);
        await runner.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => running);

        await Eventually.Async("nothing is retained", () => Left().Length == 0, Token, () => string.Join(' ', Left()));
    }

    [Fact]
    public async Task What_is_left_on_purpose_and_by_the_dead_is_swept_and_who_is_there_is_left_alone()
    {
        await using (await ProgramRunner.StartAsync(new() { Fleet = Home.Fleet, Broker = Url, LeavesRetained = true }, Token))
        {
            await Eventually.Async("all are there", () => Left().Count(topic => topic.EndsWith("/status", StringComparison.Ordinal)) == 4, Token, () => string.Join(' ', Left()));
        }

        var other = FleetFile.Parse("fleet: o\ndevices: [ { id: lamp, model: hue-light } ]\n", "o.yaml", new FleetOptions(), new DiagnosticBag())!;
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = other, Broker = Url }, Token);
        await Eventually.Async("the lamp is there", () => _retained.ContainsKey("iotmqtt/devices/lamp/status"), Token);

        // It says online for ever: the broker of the dead had no time for its will.
        await _link.PublishAsync(
            new OutgoingMessage { Topic = "iotmqtt/devices/ghost/status", Payload = """{"state":"online","incarnation":"0123"}"""u8.ToArray(), Retain = true }, Token);
        await using var connection = await DeviceConnection.ConnectAsync(new ProgramRunnerOptions { Broker = Url }, Token);

        var would = await connection.SweepAsync(clears: false, Token);
        var cleared = await connection.SweepAsync(clears: true, Token);

        Assert.Equal(would, cleared);
        Assert.Contains("iotmqtt/devices/ghost/status", cleared);
        Assert.Contains("iotmqtt/devices/toilet/meta", cleared);
        await Eventually.Async("only the lamp is left", () => Left().All(topic => topic.Contains("/lamp/", StringComparison.Ordinal) || topic.Contains("/models/", StringComparison.Ordinal) || topic.Contains("/workers/", StringComparison.Ordinal)), Token, () => string.Join(' ', Left()));
        Assert.DoesNotContain(cleared, topic => topic.Contains("/workers/", StringComparison.Ordinal));
        Assert.Single(Left(), topic => topic.Contains("/models/", StringComparison.Ordinal));
        Assert.Single(Left(), topic => topic.Contains("/workers/", StringComparison.Ordinal));
    }

    void ILinkHandler.OnMessage(MqttLink link, IncomingMessage message)
    {
        if (message.Topic.Contains("/telemetry/", StringComparison.Ordinal) || message.Topic.Contains("/cmd/", StringComparison.Ordinal)
            || message.Topic.Contains("/control/", StringComparison.Ordinal) || message.Topic.Contains("/ack/", StringComparison.Ordinal))
        {
            return;
        }

        if (message.Payload.IsEmpty)
        {
            _retained.TryRemove(message.Topic, out _);
        }
        else
        {
            _retained[message.Topic] = message.Payload.ToArray();
        }
    }

    void ILinkHandler.OnStatus(MqttLink link, LinkStatus status)
    {
    }

    private string[] Left() => [.. _retained.Keys.Order(StringComparer.Ordinal)];
}
