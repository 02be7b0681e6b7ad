using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Worlds;

namespace IotMqtt.Runner.Dispatch.Matching;

/// <summary>One matcher of a run, from the moment it is asked for.</summary>
/// <param name="Judge">What is looked out for, and what was seen of it.</param>
/// <param name="Filter">The topic filter it looks at.</param>
internal sealed record Matcher(MessageMatcher Judge, string Filter)
{
    /// <summary>What is looked out for.</summary>
    public Effect.Arm Order => Judge.Order;

    /// <summary>Whether it looks at the state of a device, which acknowledgements tell before its topic does.</summary>
    public bool IsState => Order.Kind == MatchKind.State;

    /// <summary>Whether a message counts; <paramref name="isReplay"/>: it was there before.</summary>
    public bool Takes(bool isReplay) => !isReplay || Order.WithRetained;
}
