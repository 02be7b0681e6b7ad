namespace IotMqtt.Broker.Listening;

/// <summary>What a socket is for.</summary>
internal enum ListenerKind
{
    Mqtt,
    Mqtts,
    WebSocket,
    WebSocketTls,
    Health,
}
