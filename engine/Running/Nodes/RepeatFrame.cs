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
    /// <summary>As many nodes may begin because of one fact; then the next round waits for a tick, so that others have their turn, too.</summary>
    private const int MostAtOnce = 1000;

    private List<Value>? _results;
    private Value _items;
    private long _rounds = long.MaxValue;
    private long _round;
    private Instant _end;
    private TimeSpan _moment;
    private int _roundsAtOnce;
    private int _pause;

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
        if (Halt != Halt.None && _round < _rounds)
        {
            machine.End(this, Outcome.Interrupted(Halt, _end));
        }
        else if (node.Until is not null)
        {
            Evaluate(machine, node.Until, Scope.With(node.Variable, Value.Of(_round)));
        }
        else
        {
            Next(machine);
        }
    }

    public override void TimerFired(Machine machine, int tag)
    {
        _pause = 0;
        Next(machine);
    }

    public override void Release(Machine machine) => machine.Timers.Cancel(ref _pause);

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
        if (machine.BegunAtOnce > MostAtOnce)
        {
            _pause = machine.Timers.Set(machine.Now, this, 0);
        }
        else if (node.While is not null)
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

        if ((node.While ?? node.Until) is { } condition && IsStuck(machine))
        {
            machine.End(this, Outcome.Failed(
                Error(StepStatus.Failed, $"{_roundsAtOnce - 1} rounds took no time at all: {condition.Source} will never change", "endless"), _end));
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

    /// <summary>Whether rounds go on and on at one moment: only in virtual time, where nothing else would ever happen any more.</summary>
    private bool IsStuck(Machine machine)
    {
        _roundsAtOnce = _moment == machine.Now ? _roundsAtOnce + 1 : 1;
        _moment = machine.Now;
        return _roundsAtOnce > machine.Options.RoundsAtOnce;
    }
}
