namespace IotMqtt.Protocol.Links;

/// <summary>What to subscribe to.</summary>
/// <param name="Filter">The topic filter.</param>
internal sealed record Subscription(string Filter)
{
    /// <summary>The highest quality of service of what is delivered.</summary>
    public QualityOfService QualityOfService { get; init; } = QualityOfService.AtLeastOnce;

    /// <summary>
    /// Names the subscription in each message that is delivered because of it (MQTT 5, section 3.8.2.1.2), where the broker has that; 0: it has
    /// no name.
    /// </summary>
    public uint Identifier { get; init; }

    /// <summary>
    /// Whether retained messages are wanted at every subscription, also after a reconnect. Not for commands: what was said
    /// before is not meant for now.
    /// </summary>
    public bool WithRetained { get; init; } = true;
}
