using System.Collections.Immutable;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour.Messages;

/// <summary>A message on a topic of a device's own: one that came, or one that it sends.</summary>
internal readonly record struct OwnMessage
{
    /// <summary>A message.</summary>
    public OwnMessage()
    {
    }

    /// <summary>The topic.</summary>
    public required string Topic { get; init; }

    /// <summary>What it carries.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The quality of service: 0, 1 or 2.</summary>
    public int QualityOfService { get; init; }

    /// <summary>Sent: whether the broker keeps it. Received: whether it was kept.</summary>
    public bool Retain { get; init; }

    /// <summary>The Response Topic (MQTT 5, section 3.3.2.3.5); null: none.</summary>
    public string? ResponseTopic { get; init; }

    /// <summary>The Correlation Data (MQTT 5, section 3.3.2.3.6).</summary>
    public ReadOnlyMemory<byte> CorrelationData { get; init; }

    /// <summary>The content type; null: none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The user properties, in their order.</summary>
    public ImmutableArray<KeyValuePair<string, string>> UserProperties { get; init; } = [];

    /// <summary>When it expires; null: never.</summary>
    public TimeSpan? Expiry { get; init; }

    /// <summary>Under which name programs look out for it; null: under none.</summary>
    public string? Entry { get; init; }

    /// <summary>The payload as expressions see it.</summary>
    public Value Value { get; init; }

    /// <summary>What the control plane says of it: its value, and how it went.</summary>
    public Value Announcement() => Value.Of(ValueMap.Of(
        ("value", Value), ("topic", Value.Of(Topic)), ("qos", Value.Of((long)QualityOfService)), ("retain", Value.Of(Retain))));
}

/// <summary>What a device subscribes to on topics of its own.</summary>
/// <param name="Filter">The topic filter.</param>
/// <param name="QualityOfService">0, 1 or 2.</param>
/// <param name="WithRetained">Whether what was retained before counts.</param>
internal sealed record OwnSubscription(string Filter, int QualityOfService, bool WithRetained);
