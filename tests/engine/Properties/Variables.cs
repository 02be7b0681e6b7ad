using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Tests.Properties;

/// <summary>The variables of a branch: a copy of those around it, and which of them it has set.</summary>
internal sealed class Variables : IExpressionScope
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _set = new(StringComparer.Ordinal);
    private readonly ExpressionEvaluator _evaluator = new();

    public IEnumerable<string> Names => _values.Keys;

    public Variables Copy()
    {
        var copy = new Variables();
        foreach (var (name, value) in _values)
        {
            copy._values.Add(name, value);
        }

        return copy;
    }

    public void Set(string name, Value value)
    {
        _values[name] = value;
        _set.Add(name);
    }

    public void TakeOver(Variables branch)
    {
        foreach (var name in branch._set)
        {
            Set(name, branch._values[name]);
        }
    }

    public Value Evaluate(Expression expression)
    {
        var evaluation = _evaluator.Evaluate(expression, this);
        return evaluation.Failed ? throw new InvalidOperationException(evaluation.Error) : evaluation.Value;
    }

    public bool TryResolve(string name, out Value value) => _values.TryGetValue(name, out value);

    public bool TryResolveDevice(string id, out Value device)
    {
        device = default;
        return false;
    }
}
