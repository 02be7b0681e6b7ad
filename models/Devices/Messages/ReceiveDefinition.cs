using System.Collections.Immutable;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Devices.Messages;

/// <summary>What a device does with messages on a topic of its own.</summary>
public sealed record ReceiveDefinition
{
    /// <summary>Its name: programs look out for it as <c>received: device.name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The topic filter, over the device's id and variables.</summary>
    public required ValueTemplate Topic { get; init; }

    /// <summary>Where it was written.</summary>
    public SourcePosition At { get; init; } = SourcePosition.None;

    /// <summary>How payloads are read.</summary>
    public PayloadFormat Format { get; init; }

    /// <summary>The quality of service of the subscription: 0, 1 or 2.</summary>
    public int QualityOfService { get; init; } = MessageDefinition.DefaultQualityOfService;

    /// <summary>Whether several devices may have the same topic on purpose.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether what was retained before the device subscribed counts as well.</summary>
    public bool WithRetained { get; init; }

    /// <summary>Which messages count; null: all. One for which it cannot be evaluated does not count.</summary>
    public Expression? Where { get; init; }

    /// <summary>The properties that are set at once.</summary>
    public ImmutableArray<PropertyAssignment> Set { get; init; } = [];

    /// <summary>The command that is carried out; null: none.</summary>
    public string? Do { get; init; }

    /// <summary>Its arguments: a mapping.</summary>
    public ValueTemplate? With { get; init; }

    /// <summary>What is sent in answer, in this order.</summary>
    public ImmutableArray<ReplyDefinition> Replies { get; init; } = [];
}

/// <summary>One answer to a message.</summary>
public sealed record ReplyDefinition
{
    /// <summary>Its name: programs look out for it as <c>sent: device.name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What is sent.</summary>
    public required MessageDefinition Message { get; init; }

    /// <summary>Whether it is sent when the message has come, not when what it asks for is done.</summary>
    public bool AtOnce { get; init; }

    /// <summary>How long after that; null: at once. It never overtakes the one written before it.</summary>
    public DurationSpec? After { get; init; }

    /// <summary>Whether it is sent at all; null: always.</summary>
    public Expression? Where { get; init; }
}

/// <summary>A message that a device sends when a program asks for it, regularly, or when its properties change.</summary>
public sealed record SendDefinition
{
    /// <summary>Its name: programs look out for it as <c>sent: device.name</c>, and trigger it as <c>device.name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What is sent.</summary>
    public required MessageDefinition Message { get; init; }

    /// <summary>How often it is sent by itself; null: not.</summary>
    public DurationSpec? Every { get; init; }

    /// <summary>The slots of the properties whose change sends it.</summary>
    public ImmutableArray<int> OnChange { get; init; } = [];
}
