using IotMqtt.Broker.Tests.Support;

namespace IotMqtt.Broker.Tests.Listening;

public sealed class SilentHttpPeerTests : BrokerTest
{
    protected override BrokerOptions Options => base.Options with { ConnectTimeout = TimeSpan.FromMilliseconds(200) };

    [Theory]
    [InlineData("")]
    [InlineData("GET /mqtt HTTP/1.1\r\nHost: x")]
    public async Task A_peer_that_does_not_get_on_with_its_request_is_closed(string begun)
    {
        await using var peer = new RawClient(Broker.WebSocketEndpoint!.Port);
        if (begun.Length > 0)
        {
            await peer.SendAsync(System.Text.Encoding.ASCII.GetBytes(begun));
        }

        await peer.UntilClosedAsync();
    }
}
