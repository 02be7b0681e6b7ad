using System.Net;

namespace IotMqtt.Broker.Listening;

/// <summary>An address to listen on and what for: two listeners may ask for a free port of the same address.</summary>
internal sealed class ListenEndPoint(ListenerKind kind, IPAddress address, int port) : IPEndPoint(address, port)
{
    public bool IsHttp { get; } = kind is not (ListenerKind.Mqtt or ListenerKind.Mqtts);
}
