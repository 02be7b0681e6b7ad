namespace IotMqtt.Protocol.Links;

/// <summary>A message that was received. Its memory is its own and may be kept.</summary>
internal sealed record IncomingMessage
{
    private static readonly UserProperty[] NoProperties = [];

    /// <summary>The topic.</summary>
    public required string Topic { get; init; }

    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>How it was delivered.</summary>
    public QualityOfService QualityOfService { get; init; } = QualityOfService.AtLeastOnce;

    /// <summary>Whether the broker had kept it from before the subscription, so that it is no news.</summary>
    public bool Retained { get; init; }

    /// <summary>Whether it may have been delivered before.</summary>
    public bool Duplicate { get; init; }

    /// <summary>What is left of its Message Expiry, in seconds; 0 is none.</summary>
    public uint ExpirySeconds { get; init; }

    /// <summary>Where an answer shall go; not checked. See <see cref="Addressing.Topics.IsResponseTopic"/>.</summary>
    public string? ResponseTopic { get; init; }

    /// <summary>What an answer shall carry back; not checked.</summary>
    public ReadOnlyMemory<byte> CorrelationData { get; init; }

    /// <summary>User properties, in their order.</summary>
    public IReadOnlyList<UserProperty> UserProperties { get; init; } = NoProperties;

    /// <summary>The content type.</summary>
    public string? ContentType { get; init; }

    /// <summary>The subscriptions because of which it was delivered, those that have a name.</summary>
    public IReadOnlyList<uint> SubscriptionIdentifiers { get; init; } = [];

    /// <summary>When it arrived: <see cref="TimeProvider.GetTimestamp"/> of the link's clock.</summary>
    public long ReceivedTimestamp { get; init; }
}
