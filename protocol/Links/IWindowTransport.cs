namespace IotMqtt.Protocol.Links;

/// <summary>What a send window sends with.</summary>
internal interface IWindowTransport
{
    /// <summary>
    /// The publish has its slot: sends it, and calls <see cref="SendWindow.Release"/> when it is answered. False if it was
    /// withdrawn; then the slot is free again at once.
    /// </summary>
    bool Transmit(in PendingPublish publish);

    /// <summary>The publish did not leave.</summary>
    void NotSent(in PendingPublish publish);
}
