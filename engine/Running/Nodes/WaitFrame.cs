using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Expecting;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>Waits for a message. What is there already counts. Its result is the message's value.</summary>
internal sealed class WaitFrame(WaitNode node) : Frame
{
    private Effect.Arm? _armed;
    private TimeSpan _within;
    private int _timer;
    private bool _isOver;

    public override Node Node => node;

    public override NodeKind? Kind => NodeKind.Wait;

    public override void Begin(Machine machine) => Evaluate(machine, new ValueTemplate.List(
    [
        node.Match.Entry ?? new ValueTemplate.Constant(Value.Null),
        node.Within.Computed ?? new ValueTemplate.Constant(Value.Null),
    ]));

    protected override void Evaluated(Machine machine, in Evaluation evaluation)
    {
        if (evaluation.Failed)
        {
            Fail(machine, evaluation.Error!);
            return;
        }

        _within = node.Within.Constant ?? default;
        if (node.Within.Constant is null
            && !Durations.TryRead(Evaluation.Of(evaluation.Value.AsList[1]), out _within, out var badDuration))
        {
            Fail(machine, badDuration);
            return;
        }

        if (!Matchers.TryMake(node.Match, evaluation.Value.AsList[0], Scope, NextTicket(), machine.SeedOf(Key, 0), true, out _armed, out var problem))
        {
            Fail(machine, problem);
            return;
        }

        machine.Emit(_armed);
        _timer = machine.Timers.Set(machine.Now + _within, this, 0, isLimit: true);
    }

    public override void Armed(Machine machine, Fact.Armed armed)
    {
        if (armed.Error is not null)
        {
            Fail(machine, armed.Error, code: "subscribe");
        }
    }

    public override void Matched(Machine machine, Fact.Matched matched)
    {
        if (!_isOver)
        {
            machine.End(this, Outcome.Succeeded(Ready.After(machine.Now - Began, Ordinal), matched.Message));
        }
    }

    public override void TimerFired(Machine machine, int tag)
    {
        _timer = 0;
        _isOver = true;
        machine.Emit(new Effect.Recall(_armed!.Ticket));
    }

    public override void Recalled(Machine machine, Fact.Recalled recalled)
    {
        if (_isOver)
        {
            var message = $"{Matchers.Describe(_armed!)} did not come within {DurationText.Format(_within)}{Misses.Summary(recalled, more: false)}";
            var error = Error(StepStatus.TimedOut, message, "wait") with { Details = Misses.Lines(recalled) };
            machine.End(this, Outcome.Failed(error, Ready.After(_within, Ordinal)));
        }
    }

    public override void Release(Machine machine)
    {
        machine.Timers.Cancel(ref _timer);
        if (_armed is not null)
        {
            machine.Emit(new Effect.Disarm(_armed.Ticket));
        }
    }

    public override void Owe(Machine machine)
    {
        base.Owe(machine);
        if (_armed is not null)
        {
            machine.Emit(_armed);
        }

        if (_isOver)
        {
            machine.Emit(new Effect.Recall(_armed!.Ticket));
        }
    }
}
