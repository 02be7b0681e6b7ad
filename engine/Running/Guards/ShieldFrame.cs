using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Models.Chance;

namespace IotMqtt.Engine.Running.Guards;

/// <summary>
/// A <c>catch</c> or a <c>finally</c>: neither a cancel nor a timeout from outside ends it. It has a budget of its own, unless its steps
/// have a timeout of their own.
/// </summary>
internal sealed class ShieldFrame(SequenceNode steps, bool isCatch) : Frame
{
    private int _timer;
    private bool _isLate;

    public override Node? Node => null;

    public override NodeKind? Kind => null;

    public override bool IsShield => true;

    public bool IsCatch => isCatch;

    private bool HasOwnTimeout => steps.Timeout is not null || steps.Steps is [{ Timeout: not null }];

    public override void Begin(Machine machine)
    {
        if (machine.IsAbandoned)
        {
            Halt = Halt.Cancelling;
            Interrupt(machine);
            return;
        }

        if (!HasOwnTimeout)
        {
            _timer = machine.Timers.Set(machine.Now + machine.Options.ShieldBudget, this, 0, isLimit: true);
        }

        BeginNode(machine, steps, new Birth(isCatch ? Relation.Catch : Relation.Finally, default, Scope, Ready)
        {
            Steps = isCatch ? "catch" : "finally",
            WantsResult = WantsResult,
        });
    }

    public override void ChildEnded(Machine machine, Frame child, in Outcome outcome)
    {
        if (_isLate && !outcome.IsSuccess)
        {
            var error = Error(StepStatus.TimedOut, $"the {(isCatch ? "catch" : "finally")} did not end within {DurationText.Format(machine.Options.ShieldBudget)}");
            machine.End(this, Outcome.Failed(error, outcome.End, outcome.Errors));
        }
        else
        {
            machine.End(this, outcome.FromWithin());
        }
    }

    public override void TimerFired(Machine machine, int tag)
    {
        _timer = 0;
        _isLate = true;
        machine.StopWithin(this, Halt.Cancelling, Ready.After(machine.Options.ShieldBudget, Ordinal));
    }

    public override void Release(Machine machine) => machine.Timers.Cancel(ref _timer);
}
