using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;

namespace IotMqtt.Runner.Dispatch.Matching;

/// <summary>One matcher of a run, from the moment it is asked for.</summary>
/// <param name="Order">What is looked out for.</param>
/// <param name="Filter">The topic filter it looks at.</param>
internal sealed record Matcher(Effect.Arm Order, string Filter)
{
    /// <summary>Whether it looks at the state of a device, which acknowledgements tell before its topic does.</summary>
    public bool IsState => Order.Kind == MatchKind.State;

    /// <summary>Whether a message counts; <paramref name="isReplay"/>: it was there before.</summary>
    public bool Takes(bool isReplay) => !isReplay || Order.WithRetained;
}
