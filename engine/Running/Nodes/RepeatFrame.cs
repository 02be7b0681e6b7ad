using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.CriticalPath;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>
/// The same steps again and again. Rounds share the variables of the node around them. The result is a list, by round.
/// </summary>
internal sealed class RepeatFrame(RepeatNode node) : Frame
{
    private List<Value>? _results;
    private Value _items;
    private long _rounds = long.MaxValue;
    private long _round;
    private Instant _end;

    public override Node Node => node;

    public override NodeKind? Kind => NodeKind.Repeat;

    public override void Begin(Machine machine)
    {
        _end = Ready;
        _results = WantsResult ? [] : null;
        if ((node.Times ?? node.ForEach) is { } rounds)
        {
            Evaluate(machine, rounds);
        }
        else
        {
            Next(machine);
        }
    }

    protected override void Evaluated(Machine machine, in Evaluation evaluation)
    {
        if (evaluation.Failed)
        {
            machine.End(this, Outcome.Failed(Error(StepStatus.Failed, evaluation.Error!), _end));
        }
        else if (node.While is not null)
        {
            Decide(machine, evaluation.Value.AsBoolean);
        }
        else if (node.Until is not null)
        {
            Decide(machine, !evaluation.Value.AsBoolean);
        }
        else if (Count(evaluation.Value) is { } problem)
        {
            Fail(machine, problem);
        }
        else
        {
            Next(machine);
        }
    }

    public override void ChildEnded(Machine machine, Frame child, in Outcome outcome)
    {
        Scope.Absorb(child.Scope);
        _end = outcome.End;
        if (!outcome.IsSuccess)
        {
            machine.End(this, outcome.FromWithin());
            return;
        }

        _results?.Add(outcome.Result);
        if (Halt != Halt.None)
        {
            machine.End(this, Outcome.Interrupted(Halt, _end));
        }
        else if (node.Until is not null)
        {
            Evaluate(machine, node.Until);
        }
        else
        {
            Next(machine);
        }
    }

    private string? Count(in Value value)
    {
        if (node.ForEach is not null)
        {
            _items = value;
            _rounds = value.Kind == ValueKind.List ? value.AsList.Length : 0;
            return value.Kind == ValueKind.List ? null : $"for-each needs a list, and this is {value.ToJson()}";
        }

        _rounds = value.Kind == ValueKind.Integer ? value.AsInteger : 0;
        return value.Kind == ValueKind.Integer && _rounds >= 0 ? null : $"repeat needs a whole number from 0, and this is {value.ToJson()}";
    }

    private void Next(Machine machine)
    {
        if (node.While is not null)
        {
            Evaluate(machine, node.While);
        }
        else
        {
            Decide(machine, _round < _rounds);
        }
    }

    private void Decide(Machine machine, bool goesOn)
    {
        if (!goesOn)
        {
            machine.End(this, Outcome.Succeeded(_end, _results is null ? default : Value.Of([.. _results])));
            return;
        }

        var item = node.ForEach is not null ? _items.AsList[(int)_round] : Value.Of(_round + 1);
        _round++;
        BeginNode(machine, node.Steps, new Birth(Relation.Round, new Place("repeat", (int)_round), Scope.With(node.Variable, item), _end)
        {
            Steps = "steps",
            WantsResult = WantsResult,
        });
    }
}
