using IotMqtt.Broker.Tests.Support;

namespace IotMqtt.Broker.Tests.Conformance;

/// <summary>What a peer says and hears byte by byte, for statements of MQTT 5 that no client library lets break.</summary>
public abstract class ConformanceTest : BrokerTest
{
    private protected async Task<RawClient> PeerAsync(string clientId, byte[]? properties = null, byte flags = 2, byte[]? rest = null)
    {
        var peer = Raw();
        await peer.SendAsync(Packets.Connect5(clientId, properties ?? [], flags, rest ?? []));
        var accepted = await peer.ReceivePacketAsync();
        Assert.Equal((0x20, 0), (accepted[0], accepted[3]));
        return peer;
    }

    private protected static async Task SubscribeAsync(RawClient peer, string filter, byte options = 2)
    {
        await peer.SendAsync(Packets.Subscribe(filter, options));
        var answer = await peer.ReceivePacketAsync();
        Assert.Equal((0x90, options & 3), (answer[0], answer[^1]));
    }

    private protected static async Task ExpectAsync(RawClient peer, byte[] packet) =>
        Assert.Equal(Convert.ToHexString(packet), Convert.ToHexString(await peer.ReceivePacketAsync()));

    /// <summary>The answer to a ping comes after all that was on its way.</summary>
    private protected static async Task ExpectNothingAsync(RawClient peer)
    {
        await peer.SendAsync(0xC0, 0);
        await ExpectAsync(peer, [0xD0, 0]);
    }

    /// <summary>Ends a connection without a word, and returns when the broker has seen it.</summary>
    private protected async Task VanishAsync(RawClient peer)
    {
        var before = Broker.OpenConnections;
        await peer.DisposeAsync();
        await IotMqtt.Testing.Eventually.Async("the broker has seen it go", () => Broker.OpenConnections < before, Token);
    }
}
