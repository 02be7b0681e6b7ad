using System.Numerics;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Worlds;

/// <summary>
/// One matcher of a run, as every world keeps it: judges messages, and remembers the last of those that did not fit. A message of which it
/// cannot be said whether it fits does not: that is no verdict about it. DESIGN section 10.
/// </summary>
/// <param name="order">What is looked out for.</param>
internal sealed class MessageMatcher(Effect.Arm order)
{
    /// <summary>How many messages that did not fit are remembered.</summary>
    public const int Remembered = 5;

    private readonly Queue<Miss> _misses = new();
    private readonly Dictionary<string, BigInteger> _last = new(StringComparer.Ordinal);
    private long _count;
    private bool _hasToldUnjudged;

    /// <summary>What is looked out for.</summary>
    public Effect.Arm Order => order;

    /// <summary>Judges a message.</summary>
    /// <param name="now">When it came.</param>
    /// <param name="value">Its value.</param>
    /// <param name="topic">Its topic.</param>
    /// <param name="evaluator">Evaluates the condition.</param>
    /// <param name="scope">What its names stand for, <c>value</c> and <c>topic</c> included.</param>
    /// <param name="inputs">Time and chance.</param>
    /// <returns>What the run has to learn: <see cref="Fact.Matched"/>, the first <see cref="Fact.Unjudged"/>, or nothing.</returns>
    public Fact? Judge(TimeSpan now, in Value value, string topic, ExpressionEvaluator evaluator, IExpressionScope scope, in ExpressionInputs inputs)
    {
        if (order.Where is { } where)
        {
            var holds = evaluator.EvaluateCondition(where, scope, inputs);
            if (holds.Failed)
            {
                return Unjudged(now, value, topic, holds.Error!);
            }

            if (!holds.Value.AsBoolean)
            {
                if (order.Counter is null)
                {
                    Remember(new Miss(now, topic, value, null, SeenValues.Of(where, scope)));
                }

                return null;
            }
        }

        return order.Counter is { } counter ? Follows(counter, now, value, topic, evaluator, scope, inputs) : new Fact.Matched(now, order.Ticket, value, topic);
    }

    /// <summary>A message that is numbered fits where its number is not the next.</summary>
    private Fact? Follows(
        Expression counter, TimeSpan now, in Value value, string topic, ExpressionEvaluator evaluator, IExpressionScope scope, in ExpressionInputs inputs)
    {
        var number = evaluator.Evaluate(counter, scope, inputs);
        var part = order.Per is { } per ? evaluator.Evaluate(per, scope, inputs) : Evaluation.Of(Value.Of(topic));
        if ((number.Error ?? part.Error) is { } error)
        {
            return Unjudged(now, value, topic, error);
        }

        if (!number.Value.IsWhole)
        {
            return Unjudged(now, value, topic, $"{counter.Source} is no whole number: {SeenValues.Short(number.Value)}");
        }

        var (key, current) = (part.Value.ToJson(), number.Value.AsBigInteger);
        var isFirst = !_last.TryGetValue(key, out var last);
        if (isFirst || current > last)
        {
            _last[key] = current;
        }

        if (isFirst || current == last + 1)
        {
            return null;
        }

        var wrong = current > last + 1 ? $"{counter.Source} went from {last} to {current}: {current - last - 1} missing"
            : current == last ? $"{counter.Source} is {current} again: it came twice"
            : $"{counter.Source} is {current} after {last}: it came out of order, or twice";
        Remember(new Miss(now, topic, value, wrong, null));
        return new Fact.Matched(now, order.Ticket, value, topic);
    }

    private Fact.Unjudged? Unjudged(TimeSpan now, in Value value, string topic, string reason)
    {
        if (order.Counter is null)
        {
            Remember(new Miss(now, topic, value, reason, null));
        }

        if (_hasToldUnjudged)
        {
            return null;
        }

        _hasToldUnjudged = true;
        return new Fact.Unjudged(now, order.Ticket, topic, reason);
    }

    /// <summary>The messages that did not fit: the answer to <see cref="Effect.Recall"/>.</summary>
    /// <param name="now">When that was asked.</param>
    public Fact.Recalled Recall(TimeSpan now) => new(now, order.Ticket, [.. _misses.Select(static miss => miss.Told())], _count);

    private void Remember(in Miss miss)
    {
        _count++;
        if (_misses.Count == Remembered)
        {
            _misses.Dequeue();
        }

        _misses.Enqueue(miss);
    }

    /// <summary>Put into words only when somebody asks: on a busy topic most messages do not fit.</summary>
    private readonly record struct Miss(TimeSpan At, string Topic, Value Value, string? Error, SeenValues? Seen)
    {
        public NearMiss Told() => new(At, Topic, SeenValues.Short(Value), Error ?? Seen?.ToString() ?? "the condition does not hold");
    }
}
