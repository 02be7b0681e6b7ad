namespace IotMqtt.Broker.Delivery;

/// <summary>What an outbox gives out next.</summary>
/// <param name="Message">A message to be sent, or whose PUBREL is.</param>
/// <param name="IsAgain">Whether it was sent on an earlier connection: DUP.</param>
internal readonly record struct Sending(OutgoingMessage Message, bool IsAgain)
{
    /// <summary>Whether the client has it already: PUBREL, and not PUBLISH (MQTT 5, section 4.3.3).</summary>
    public bool IsRelease => Message.IsReceived;
}
