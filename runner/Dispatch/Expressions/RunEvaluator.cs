using IotMqtt.Engine.Running.Scopes;
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
    public Evaluation Evaluate(ValueTemplate template, bool condition, ProgramScope program, ValueMap own, TimeSpan now, ulong seed)
    {
        var scope = new RunScope(program, devices, environment, own);
        var inputs = new ExpressionInputs(clock.BeganAt + now, seed);
        return condition && template is ValueTemplate.Computed computed
            ? _evaluator.EvaluateCondition(computed.Expression, scope, inputs)
            : _evaluator.Evaluate(template, scope, inputs);
    }
}
