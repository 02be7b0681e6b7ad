namespace IotMqtt.Protocol.Links;

/// <summary>
/// What a link calls. Both methods run on the link's receive path and hold it up: parse, enqueue, return. They must not
/// throw (an exception is logged and the message counts as received) and must not wait.
/// </summary>
internal interface ILinkHandler
{
    /// <summary>A message came. One at a time a link, in the order of arrival; its PUBACK goes out when this returns.</summary>
    void OnMessage(MqttLink link, IncomingMessage message);

    /// <summary>The link's status changed. One at a time a link, in order. With <see cref="LinkState.Connected"/> all subscriptions are in place.</summary>
    void OnStatus(MqttLink link, LinkStatus status);
}
