using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs;

/// <summary>What must, or must not, be seen after an act.</summary>
/// <param name="At">Where it was written.</param>
/// <param name="Match">What.</param>
/// <param name="Within">How long it is waited for; null, for <c>never</c> only: until the act and all that it expects have ended.</param>
/// <param name="FromDone">Whether the time counts from the act's end rather than from its publish.</param>
/// <param name="Count">How many times it must be seen; 1 for <c>never</c>.</param>
public sealed record Expectation(SourcePosition At, MatchSpec Match, DurationTemplate? Within, bool FromDone, int Count);
