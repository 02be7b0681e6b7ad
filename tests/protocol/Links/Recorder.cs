using System.Collections.Concurrent;
using System.Threading.Channels;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Protocol.Tests.Links;

/// <summary>Keeps what a link says.</summary>
internal sealed class Recorder : ILinkHandler
{
    private readonly Channel<IncomingMessage> _messages = Channel.CreateUnbounded<IncomingMessage>();

    public ConcurrentQueue<LinkStatus> Statuses { get; } = new();

    public ChannelReader<IncomingMessage> Messages => _messages.Reader;

    public Action<IncomingMessage>? Then { get; set; }

    public void OnMessage(MqttLink link, IncomingMessage message)
    {
        Then?.Invoke(message);
        _messages.Writer.TryWrite(message);
    }

    public void OnStatus(MqttLink link, LinkStatus status) => Statuses.Enqueue(status);

    /// <summary>Returns when the link has read everything that the peer has written: a message at most once comes through after it.</summary>
    public async Task SettleAsync(System.Net.Sockets.TcpClient peer, CancellationToken cancellationToken)
    {
        // PUBLISH at most once, topic "s", no properties, no payload.
        await peer.GetStream().WriteAsync(new byte[] { 0x30, 0x04, 0x00, 0x01, (byte)'s', 0x00 }, cancellationToken);
        await _messages.Reader.ReadAsync(cancellationToken);
    }
}
