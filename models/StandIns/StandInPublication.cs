using System.Collections.Immutable;
using IotMqtt.Models.Devices.Messages;

namespace IotMqtt.Models.StandIns;

/// <summary>How a device sends a message on a topic of its own.</summary>
public sealed record StandInPublication
{
    /// <summary>How long after the code that sends it. At once.</summary>
    public TimeSpan After { get; init; }

    /// <summary>With this, the delay is drawn anew for each message between <see cref="After"/> and this; null: it is <see cref="After"/>.</summary>
    public TimeSpan? AfterAtMost { get; init; }

    /// <summary>The quality of service: 0, 1 or 2. 1.</summary>
    public int QualityOfService { get; init; } = MessageDefinition.DefaultQualityOfService;

    /// <summary>Whether the broker keeps it.</summary>
    public bool Retain { get; init; }

    /// <summary>The content type (MQTT 5, section 3.3.2.3.9); null: none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The user properties (MQTT 5, section 3.3.2.3.7), in their order.</summary>
    public ImmutableArray<KeyValuePair<string, string>> UserProperties { get; init; } = [];

    /// <summary>The message expiry interval, in whole seconds on the wire; null: it does not expire.</summary>
    public TimeSpan? Expiry { get; init; }
}
