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
}
