using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs;

/// <summary>What is waited for: which messages, and a condition on <c>value</c>.</summary>
/// <param name="Kind">What kind of message.</param>
/// <param name="Device">The device, where the kind has one.</param>
/// <param name="Entry">The reading, the event, the entry; for <see cref="MatchKind.Topic"/> the filter; for <see cref="MatchKind.State"/> null.</param>
/// <param name="Where">A condition over <c>value</c> (and <c>topic</c>); null: any.</param>
public sealed record MatchSpec(MatchKind Kind, DeviceTarget? Device, ValueTemplate? Entry, Expression? Where)
{
    /// <summary>For messages that are numbered: their number, over <c>value</c> and <c>topic</c>. Only what is missing, twice or out of order counts.</summary>
    public Expression? Counter { get; init; }

    /// <summary>What is numbered by itself, over <c>value</c> and <c>topic</c>; null: each topic.</summary>
    public Expression? Per { get; init; }

    /// <summary>Where the reading or the event was written.</summary>
    public SourcePosition EntryAt { get; init; } = SourcePosition.None;
}

/// <summary>The kinds of messages that can be waited for.</summary>
public enum MatchKind
{
    /// <summary>A reading.</summary>
    Telemetry,

    /// <summary>An event.</summary>
    Event,

    /// <summary>The device's state.</summary>
    State,

    /// <summary>A message that came to the device on a topic of its own.</summary>
    Received,

    /// <summary>A message that the device sent on a topic of its own.</summary>
    Sent,

    /// <summary>A message of a topic filter.</summary>
    Topic,
}
