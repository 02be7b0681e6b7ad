using System.Collections.Immutable;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Devices.Messages;

/// <summary>A message that a device publishes on a topic of its own: what of it is written out, and what is computed when it is sent.</summary>
public sealed record MessageDefinition
{
    /// <summary>The topic; null: the Response Topic of the message that it answers.</summary>
    public ValueTemplate? Topic { get; init; }

    /// <summary>Where it was written.</summary>
    public SourcePosition At { get; init; } = SourcePosition.None;

    /// <summary>What it carries; null: nothing.</summary>
    public ValueTemplate? Payload { get; init; }

    /// <summary>How that is written.</summary>
    public PayloadFormat Format { get; init; }

    /// <summary>The quality of service: 0, 1 or 2.</summary>
    public int QualityOfService { get; init; } = DefaultQualityOfService;

    /// <summary>Whether the broker keeps it.</summary>
    public bool Retain { get; init; }

    /// <summary>The content type (MQTT 5, section 3.3.2.3.9); null: none.</summary>
    public ValueTemplate? ContentType { get; init; }

    /// <summary>The user properties (MQTT 5, section 3.3.2.3.7), in their order.</summary>
    public ImmutableArray<KeyValuePair<string, ValueTemplate>> UserProperties { get; init; } = [];

    /// <summary>The message expiry interval, in whole seconds on the wire; null: it does not expire.</summary>
    public TimeSpan? Expiry { get; init; }

    /// <summary>The quality of service where nothing is said.</summary>
    public const int DefaultQualityOfService = 1;
}
