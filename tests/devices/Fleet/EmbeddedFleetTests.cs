using IotMqtt.Devices.Tests.Support;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;
using IotMqtt.Testing;

namespace IotMqtt.Devices.Tests.Fleet;

/// <summary>A worker on our broker.</summary>
public sealed class EmbeddedFleetTests(EmbeddedBroker broker) : FleetSuite, IClassFixture<EmbeddedBroker>
{
    protected override BrokerUrl Broker => broker.Url;

    // Not on Mosquitto: 2.0.11 closes the connection without saying why (no DISCONNECT 0x8E), and nobody can tell that from a loss.
    [Fact]
    public async Task Another_client_with_a_device_s_client_id_ends_that_device_and_no_other()
    {
        Log.Expect(2003).Expect(4004);
        await using var host = await StartAsync(
            "taken", ["a", "b"], options => options with { TakenOver = new BackOff { Initial = TimeSpan.FromSeconds(3), Max = TimeSpan.FromSeconds(3) } });
        await using var observer = await Observer.StartAsync(Broker, RootTopic.Parse("taken"), Cancellation);
        await using var intruder = new MqttLink(
            new MqttLinkOptions { Url = Broker, ClientId = "taken-a" }, new Mailboxless(), new LinkEnvironment());
        await intruder.ConnectAsync(Cancellation);
        await Eventually.Async("the loss is said", () => Log.Has(2003), Cancellation);
        await Eventually.Async("one device is away", () => host is { Taken: 1, Online: 1 }, Cancellation);
        await observer.AwaitAsync("a", Presence.Offline, Cancellation);
        await observer.CommandAsync("b", "bump", Cancellation);
        await Eventually.Async("the other goes on", () => observer.StateOf("b")?.Revision == 1, Cancellation);

        Assert.Equal(LinkState.Connected, intruder.Status.State);

        // Once its rival is gone the device comes back.
        await intruder.DisposeAsync();
        await observer.AwaitAsync("a", Presence.Online, Cancellation);
        await Eventually.Async("both are online", () => host is { Taken: 0, Online: 2 }, Cancellation);
    }

    private sealed class Mailboxless : ILinkHandler
    {
        public void OnMessage(MqttLink link, IncomingMessage message)
        {
        }

        public void OnStatus(MqttLink link, LinkStatus status)
        {
        }
    }
}
