using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Commands;
using IotMqtt.Engine.Running.CriticalPath;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Engine.Running.Nodes;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Expressions;

namespace IotMqtt.Engine.Running.Guards;

/// <content>The attempts, and the times within which they must end.</content>
internal sealed partial class GuardFrame
{
    private const int WholeNode = 0;
    private const int OneAttempt = 1;
    private const int NextAttempt = 2;

    private int _attempt;
    private int _timer;
    private int _attemptTimer;
    private TimeSpan _delay;
    private TimeSpan? _timeout;
    private TimeSpan? _passed;
    private bool _isOver;
    private Instant _attemptReady;

    private TimeSpan? Remaining(Machine machine) =>
        _timeout is { } timeout ? Shorter(timeout - (machine.Now - Began), node.Retry?.AttemptTimeout) : node.Retry?.AttemptTimeout;

    public override void TimerFired(Machine machine, int tag)
    {
        switch (tag)
        {
            case NextAttempt:
                _attemptTimer = 0;
                // No step takes the time between two attempts; what led to the first of them led to the second.
                BeginAttempt(machine, _outcome.End.After(_delay, _outcome.End.Step));
                break;
            case OneAttempt:
                _attemptTimer = 0;
                _passed = node.Retry!.AttemptTimeout;
                machine.StopWithin(this, Halt.Cancelling, _attemptReady.After(_passed!.Value, Ordinal));
                break;
            default:
                _timer = 0;
                _isOver = true;
                _passed = _timeout;
                TimeIsOver(machine);
                break;
        }
    }

    private void TimeoutComputed(Machine machine, in Evaluation evaluation)
    {
        if (Durations.TryRead(evaluation, out var timeout, out var problem))
        {
            StartTimeout(machine, timeout);
            Enter(machine, GuardPhase.Capture);
        }
        else
        {
            EndAttempts(machine, Outcome.Failed(Error(StepStatus.Failed, problem), Ready));
        }
    }

    private void StartTimeout(Machine machine, TimeSpan timeout)
    {
        _timeout = timeout;
        _timer = machine.Timers.Set(Began + timeout, this, WholeNode, isLimit: true);
    }

    private void BeginAttempt(Machine machine, in Instant ready)
    {
        _phase = GuardPhase.Attempt;
        _attempt++;
        _attemptReady = ready;
        if (node.Retry?.AttemptTimeout is { } limit)
        {
            _attemptTimer = machine.Timers.Set(machine.Now + limit, this, OneAttempt, isLimit: true);
        }

        var attempt = FrameFactory.Attempt(node, node.Retry is null ? Scope : Scope.Branch(), steps);
        attempt.Key = NodeKey.Of(Key, Relation.Attempt, _attempt);
        attempt.Ready = ready;
        attempt.Attempt = _attempt;
        attempt.WantsResult = WantsResult;
        attempt.Limit = Remaining(machine);
        machine.Begin(this, attempt);
    }

    private void AttemptEnded(Machine machine, Frame attempt, in Outcome ended)
    {
        machine.Timers.Cancel(ref _attemptTimer);
        var outcome = AtTimeout(ended);
        _passed = null;
        var goesOn = outcome.IsFailure && !_isOver && Halt == Halt.None
            && node.Retry is { } retry && _attempt < retry.Attempts && retry.When.Contains(outcome.Status);
        if (goesOn)
        {
            Wait(machine, outcome, RetryDelay.After(node.Retry!, _attempt, machine.SeedOf(Key, _attempt)));
            return;
        }

        if (attempt.Scope != Scope)
        {
            Scope.Absorb(attempt.Scope);
        }

        EndAttempts(machine, outcome);
    }

    private void Wait(Machine machine, in Outcome failed, TimeSpan delay)
    {
        _phase = GuardPhase.Backoff;
        _outcome = failed;
        _delay = delay;
        _attemptTimer = machine.Timers.Set(machine.Now + delay, this, NextAttempt);
    }

    private void TimeIsOver(Machine machine)
    {
        var cause = Ready.After(_timeout!.Value, Ordinal);
        switch (_phase)
        {
            case GuardPhase.Attempt:
                machine.StopWithin(this, Halt.Cancelling, cause);
                break;
            case GuardPhase.Backoff:
                EndAttempts(machine, Outcome.Failed(TimeoutError(_timeout.Value), cause, _outcome.Errors));
                break;
            default:
                EndAttempts(machine, Outcome.Failed(TimeoutError(_timeout.Value), cause));
                break;
        }
    }

    private void GiveUpRetrying(Machine machine) => EndAttempts(machine, _outcome.NotBefore(HaltedAt));

    /// <summary>
    /// How an attempt ended that may have been cut short: timed out, where something in it was cancelled. Where a command in it stayed
    /// unanswered that goes before all else, because it may have run.
    /// </summary>
    private Outcome AtTimeout(in Outcome ended)
    {
        if (_passed is not { } passed || Halt == Halt.Cancelling || !(ended.IsInterrupted || (ended.IsFailure && ended.IsCut)))
        {
            return ended.FromWithin();
        }

        var outcome = Outcome.Failed(TimeoutError(passed), ended.End, ended.Errors);
        return ended.Status == StepStatus.Unknown ? outcome.As(StepStatus.Unknown) : outcome;
    }

    private RunError TimeoutError(TimeSpan passed) =>
        Error(StepStatus.TimedOut, $"it did not end within {DurationText.Format(passed)}") with
        {
            Device = (node as DoNode)?.DeviceOf(Scope),
            Command = (node as DoNode)?.Command,
        };

    private static TimeSpan? Shorter(TimeSpan one, TimeSpan? other) => other < one ? other : one;
}
