using IotMqtt.Engine.Programs.Building;

namespace IotMqtt.Engine.Programs;

/// <summary>The options of any node, for programs in C#. Each gives back a node with the option; nodes never change.</summary>
public static class StepExtensions
{
    /// <summary>Names the node: <c>steps.id</c> has its status, result and error.</summary>
    public static T WithId<T>(this T node, string id)
        where T : Node => node with { Id = Texts.Name(id) };

    /// <summary>Carries the node out only where a condition holds.</summary>
    public static T When<T>(this T node, string condition)
        where T : Node => node with { When = Texts.Condition(condition) };

    /// <summary>Limits the time of the whole node, all its attempts included.</summary>
    public static T WithTimeout<T>(this T node, TimeSpan timeout)
        where T : Node => node with { Timeout = DurationTemplate.Of(timeout) };

    /// <summary>Tries the node again where it fails.</summary>
    /// <param name="node">The node.</param>
    /// <param name="attempts">How often in all.</param>
    /// <param name="change">Changes the policy's other parts: <c>policy =&gt; policy with { Jitter = 0 }</c>.</param>
    public static T WithRetry<T>(this T node, int attempts, Func<RetryPolicy, RetryPolicy>? change = null)
        where T : Node
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        var policy = new RetryPolicy { Attempts = attempts };
        return node with { Retry = change?.Invoke(policy) ?? policy };
    }

    /// <summary>Does something when the node has failed; where that succeeds, the node has succeeded.</summary>
    public static T Catch<T>(this T node, params ReadOnlySpan<Node> steps)
        where T : Node => node with { Catch = Body.Of(steps) };

    /// <summary>Does something at the end in any case.</summary>
    public static T Finally<T>(this T node, params ReadOnlySpan<Node> steps)
        where T : Node => node with { Finally = Body.Of(steps) };

    /// <summary>Says how the node is taken back; <see cref="Steps.UndoAll"/> in a <c>Catch</c> does.</summary>
    /// <param name="node">The node.</param>
    /// <param name="command">The command, its arguments computed before the node.</param>
    /// <param name="with">The arguments; null: none.</param>
    /// <param name="after">After which outcomes; none: <see cref="UndoAction.AfterByDefault"/>.</param>
    public static T Undo<T>(this T node, string command, object? with = null, params ReadOnlySpan<StepStatus> after)
        where T : Node => node with { Undo = new(Steps.Do(command, with), after.IsEmpty ? UndoAction.AfterByDefault : [.. after]) };

    /// <summary>Expects a message because of the node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="match">Which message.</param>
    /// <param name="within">How long it is waited for.</param>
    /// <param name="fromDone">Whether the time counts from the act's end rather than from its publish.</param>
    /// <param name="count">How many times it must be seen.</param>
    public static T Expect<T>(this T node, MatchSpec match, TimeSpan within, bool fromDone = false, int count = 1)
        where T : ActingNode
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return node with { Expect = node.Expect.Add(new(node.At, match, DurationTemplate.Of(within), fromDone, count)) };
    }

    /// <summary>Expects a message so many times, from a least to a most number, all its time long.</summary>
    /// <param name="node">The node.</param>
    /// <param name="match">Which message.</param>
    /// <param name="within">How long it is watched.</param>
    /// <param name="least">How many times at least.</param>
    /// <param name="most">How many times at most.</param>
    /// <param name="fromDone">Whether the time counts from the act's end rather than from its publish.</param>
    public static T ExpectBetween<T>(this T node, MatchSpec match, TimeSpan within, int least, int most, bool fromDone = false)
        where T : ActingNode
    {
        ArgumentOutOfRangeException.ThrowIfNegative(least);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        return node with { Expect = node.Expect.Add(new(node.At, match, DurationTemplate.Of(within), fromDone, least) { Most = most }) };
    }

    /// <summary>Whether what is expected must be seen in the order in which it was added.</summary>
    public static T InOrder<T>(this T node)
        where T : ActingNode => node with { InOrder = true };

    /// <summary>Expects that a message does not come.</summary>
    /// <param name="node">The node.</param>
    /// <param name="match">Which message.</param>
    /// <param name="within">How long it is watched; null: until the act and all that it expects have ended.</param>
    /// <param name="fromDone">Whether the time counts from the act's end rather than from its publish.</param>
    public static T Never<T>(this T node, MatchSpec match, TimeSpan? within = null, bool fromDone = false)
        where T : ActingNode =>
        node with { Never = node.Never.Add(new(node.At, match, within is { } time ? DurationTemplate.Of(time) : null, fromDone, 1)) };

    /// <summary>What a failed branch means for the others.</summary>
    public static ParallelNode OnFailure(this ParallelNode node, OnFailure onFailure) => node with { OnFailure = onFailure };

    /// <summary>Ends with so many successes; the rest is cancelled.</summary>
    public static ParallelNode Need(this ParallelNode node, int need)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(need, 1);
        return node with { Need = need };
    }

    /// <summary>Names the variable of a loop.</summary>
    public static RepeatNode As(this RepeatNode node, string name) => node with { As = Texts.Variable(name) };
}
