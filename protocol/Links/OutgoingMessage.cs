namespace IotMqtt.Protocol.Links;

/// <summary>A message to publish. Its memory must not change until the publish has been answered.</summary>
internal sealed record OutgoingMessage
{
    /// <summary>The topic.</summary>
    public required string Topic { get; init; }

    /// <summary>The payload; empty deletes what is retained.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>At least once, unless told otherwise.</summary>
    public QualityOfService QualityOfService { get; init; } = QualityOfService.AtLeastOnce;

    /// <summary>Whether the broker keeps it for later subscribers.</summary>
    public bool Retain { get; init; }

    /// <summary>Message Expiry in whole seconds; 0 is none. See <see cref="Commands.MessageExpiry"/>.</summary>
    public uint ExpirySeconds { get; init; }

    /// <summary>Where an answer shall go.</summary>
    public string? ResponseTopic { get; init; }

    /// <summary>What an answer shall carry back.</summary>
    public ReadOnlyMemory<byte> CorrelationData { get; init; }

    /// <summary>User properties; null if none.</summary>
    public IReadOnlyList<UserProperty>? UserProperties { get; init; }

    /// <summary>The content type.</summary>
    public string? ContentType { get; init; }
}
