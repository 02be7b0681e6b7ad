using IotMqtt.Engine.Running;
using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Engine.Worlds;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;
using IotMqtt.Runner.Dispatch.Devices;
using IotMqtt.Runner.Dispatch.Timing;

namespace IotMqtt.Runner.Dispatch.Expressions;

/// <summary>Evaluates the expressions of a run against the devices as they are now. Owned by the run loop.</summary>
internal sealed class RunEvaluator(DeviceDirectory devices, RunClock clock, Value environment)
{
    private readonly ExpressionEvaluator _evaluator = new();

    /// <summary>Evaluates.</summary>
    /// <param name="template">What; a condition is a lone expression.</param>
    /// <param name="condition">Whether it must come to true or false.</param>
    /// <param name="program">The program's names there.</param>
    /// <param name="own">What this use adds.</param>
    /// <param name="now">The time that it sees.</param>
    /// <param name="seed">The chance that it sees.</param>
    /// <param name="explained">Whether a condition that does not hold is to say what it looked at.</param>
    public Evaluation Evaluate(
        ValueTemplate template, bool condition, ProgramScope program, ValueMap own, TimeSpan now, ulong seed, bool explained = false)
    {
        var scope = new RunScope(program, devices, environment, own);
        var inputs = new ExpressionInputs(clock.BeganAt + now, seed);
        return condition && template is ValueTemplate.Computed computed
            ? _evaluator.EvaluateCondition(computed.Expression, scope, inputs, explained)
            : _evaluator.Evaluate(template, scope, inputs);
    }

    /// <summary>Has a matcher judge a message.</summary>
    /// <param name="matcher">The matcher.</param>
    /// <param name="value">The message's value.</param>
    /// <param name="topic">Its topic.</param>
    /// <param name="own">What its condition sees of the message.</param>
    /// <param name="now">When it came.</param>
    /// <returns>What the run has to learn of it; null: nothing.</returns>
    public Fact? Judge(MessageMatcher matcher, in Value value, string topic, ValueMap own, TimeSpan now)
    {
        var scope = new RunScope(matcher.Order.Scope, devices, environment, own);
        return matcher.Judge(now, value, topic, _evaluator, scope, new ExpressionInputs(clock.BeganAt + now, matcher.Order.Seed));
    }
}
