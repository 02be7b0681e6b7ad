using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs;

/// <summary>What must, or must not, be seen after an act.</summary>
/// <param name="At">Where it was written.</param>
/// <param name="Match">What.</param>
/// <param name="Within">How long it is waited for; null: until the act has ended, for <c>never</c> all that it expects, too.</param>
/// <param name="FromDone">Whether the time counts from the act's end rather than from its publish.</param>
/// <param name="Count">How many times it must be seen at least; 1 for <c>never</c>.</param>
public sealed record Expectation(SourcePosition At, MatchSpec Match, DurationTemplate? Within, bool FromDone, int Count)
{
    /// <summary>How many times it may be seen at most, all its time long; null: it ends when it has been seen often enough.</summary>
    public int? Most { get; init; }
}
