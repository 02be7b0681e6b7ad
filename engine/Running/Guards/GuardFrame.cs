using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Engine.Running.Nodes;
using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Engine.Running.Undo;
using IotMqtt.Models.Expressions;

namespace IotMqtt.Engine.Running.Guards;

/// <summary>
/// A node with options: <c>when</c>, then its attempts within its <c>timeout</c>, then <c>catch</c> where they failed, then <c>finally</c>
/// in any case.
/// </summary>
internal sealed partial class GuardFrame(Node node, string? steps) : Frame
{
    private GuardPhase _phase;
    private Outcome _outcome;

    public override Node Node => node;

    public override NodeKind? Kind => NodeKind.Guard;

    public override void Begin(Machine machine)
    {
        KeepsUndo |= UndoCapture.IsAskedFor(node);
        if (node.When is not null)
        {
            Evaluate(machine, node.When);
        }
        else
        {
            Enter(machine, GuardPhase.Timeout);
        }
    }

    protected override void Evaluated(Machine machine, in Evaluation evaluation)
    {
        if (evaluation.Failed)
        {
            EndAttempts(machine, Outcome.Failed(Error(StepStatus.Failed, evaluation.Error!), Ready));
            return;
        }

        switch (_phase)
        {
            case GuardPhase.When when !evaluation.Value.AsBoolean:
                StepRecords.Skip(Scope, node);
                machine.End(this, Outcome.Skipped(Ready));
                break;
            case GuardPhase.When:
                Enter(machine, GuardPhase.Timeout);
                break;
            case GuardPhase.Timeout:
                TimeoutComputed(machine, evaluation);
                break;
            default:
                Captured(machine, evaluation.Value.AsMap);
                break;
        }
    }

    public override void ChildEnded(Machine machine, Frame child, in Outcome outcome)
    {
        switch (_phase)
        {
            case GuardPhase.Attempt:
                AttemptEnded(machine, child, outcome);
                break;
            case GuardPhase.Catch:
                CatchEnded(machine, child, outcome);
                break;
            default:
                FinallyEnded(machine, outcome);
                break;
        }
    }

    public override void Halted(Machine machine)
    {
        switch (_phase)
        {
            case GuardPhase.When:
                Interrupt(machine);
                break;
            case GuardPhase.Timeout or GuardPhase.Capture:
                EndAttempts(machine, Outcome.Interrupted(Halt, Ready));
                break;
            case GuardPhase.Backoff:
                GiveUpRetrying(machine);
                break;
            default:
                break;
        }
    }

    public override void Release(Machine machine)
    {
        machine.Timers.Cancel(ref _timer);
        machine.Timers.Cancel(ref _attemptTimer);
    }

    private void Enter(Machine machine, GuardPhase phase)
    {
        _phase = phase;
        switch (phase)
        {
            case GuardPhase.Timeout when node.Timeout is { Constant: { } constant }:
                StartTimeout(machine, constant);
                Enter(machine, GuardPhase.Capture);
                break;
            case GuardPhase.Timeout when node.Timeout is { Computed: { } computed }:
                Evaluate(machine, computed);
                break;
            case GuardPhase.Timeout:
                Enter(machine, GuardPhase.Capture);
                break;
            case GuardPhase.Capture when node.Undo is not null && KeepsUndo:
                Evaluate(machine, Templates.Map(node.Undo.Do.With));
                break;
            default:
                BeginAttempt(machine, Ready);
                break;
        }
    }

    /// <summary>The node has been tried for the last time.</summary>
    private void EndAttempts(Machine machine, in Outcome outcome)
    {
        Release(machine);
        AskNoMore();
        _outcome = outcome;
        RememberOwnUndo(outcome);
        if (outcome.IsFailure && node.Catch is not null && Halt != Halt.Cancelling)
        {
            _phase = GuardPhase.Catch;
            BeginShield(machine, node.Catch, true, outcome.Errors is { } errors ? Scope.With("error", StepResult.OfError(errors.First)) : Scope);
        }
        else
        {
            BeginFinally(machine);
        }
    }

    private void CatchEnded(Machine machine, Frame caught, in Outcome outcome)
    {
        if (caught.Scope != Scope)
        {
            Scope.Absorb(caught.Scope);
        }

        if (outcome.IsSuccess)
        {
            machine.Tally.Caught += _outcome.Errors?.Count ?? 0;
            _outcome = Outcome.Succeeded(outcome.End, outcome.Result);
        }
        else
        {
            _outcome = Outcome.Failed(_outcome.Status, ErrorRope.Join(_outcome.Errors, outcome.Errors), outcome.End);
        }

        BeginFinally(machine);
    }

    private void BeginFinally(Machine machine)
    {
        if (node.Finally is null)
        {
            machine.End(this, _outcome);
            return;
        }

        _phase = GuardPhase.Finally;
        BeginShield(machine, node.Finally, false, Scope);
    }

    private void FinallyEnded(Machine machine, in Outcome outcome) => machine.End(this, outcome switch
    {
        { IsSuccess: true } => _outcome.NotBefore(outcome.End),
        { IsFailure: true } => Outcome.Failed(
            _outcome.IsFailure ? _outcome.Status : outcome.Status, ErrorRope.Join(_outcome.Errors, outcome.Errors), outcome.End),
        _ => _outcome.IsFailure ? _outcome.NotBefore(outcome.End) : outcome.FromWithin(),
    });

    private void BeginShield(Machine machine, SequenceNode shielded, bool isCatch, ProgramScope scope) =>
        machine.Begin(this, new ShieldFrame(shielded, isCatch)
        {
            Scope = scope,
            Key = NodeKey.Of(Key, isCatch ? Relation.Catch : Relation.Finally, 0),
            Ready = _outcome.End,
            WantsResult = isCatch && WantsResult,
        });
}
