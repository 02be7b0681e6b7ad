using IotMqtt.Models.Values;

namespace IotMqtt.Models.Expressions.Direct;

/// <summary>
/// One operation of an expression that is simple enough to need no Jint. Where JavaScript's answer is not certain (mixed types,
/// numbers beyond 2^53, minus zero) it gives up, and Jint evaluates the whole expression: the answer never differs.
/// </summary>
internal abstract class DirectNode
{
    public abstract DirectOutcome Evaluate(DirectFrame frame, out Value value);
}

/// <summary>How a <see cref="DirectNode"/> ended.</summary>
internal enum DirectOutcome
{
    /// <summary>There is a value.</summary>
    Done,

    /// <summary>Jint has to say.</summary>
    GaveUp,

    /// <summary>There is an error: <see cref="DirectFrame.Error"/>.</summary>
    Failed,
}

/// <summary>What an evaluation works on. One an evaluator, used again.</summary>
internal sealed class DirectFrame
{
    /// <summary>The values of the expression's names, in their order.</summary>
    public Value[] Slots { get; private set; } = new Value[8];

    public IExpressionScope Scope { get; set; } = null!;

    public string? Error { get; private set; }

    public DirectOutcome Fail(string error)
    {
        Error = error;
        return DirectOutcome.Failed;
    }

    public void Reserve(int slots)
    {
        if (Slots.Length < slots)
        {
            Slots = new Value[slots * 2];
        }
    }

    /// <summary>Lets go of what the last evaluation held.</summary>
    public void Clear(int slots)
    {
        Slots.AsSpan(0, slots).Clear();
        Scope = null!;
        Error = null;
    }
}
