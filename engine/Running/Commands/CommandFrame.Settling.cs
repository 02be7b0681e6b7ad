using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.CriticalPath;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Models.Behaviour;

namespace IotMqtt.Engine.Running.Commands;

/// <content>How it ends, and when it would have ended in the ideal run.</content>
internal abstract partial class CommandFrame
{
    private Acknowledgement? _last;
    private TimeSpan _settledAt;
    private Instant _idealStart;

    /// <summary>Adds to a record what is known of a command.</summary>
    public void Describe(ref NodeEnded ended)
    {
        var start = Instant.Max(Ready, _idealStart);
        ended = ended with { PublishedAt = _publishedAt, CriticalPredecessor = start.Step };
        if (_publishedAt is not { } published || _last is not { Accepted: { } accepted, Done: { } done })
        {
            return;
        }

        // Clocks differ, durations do not: what was not spent in the device was spent on the way, half of it each way.
        var onTheWay = (_settledAt - published - (done - accepted)) / 2;
        var arrived = published + (onTheWay > TimeSpan.Zero ? onTheWay : TimeSpan.Zero);
        ended = ended with
        {
            AcceptedAt = arrived,
            StartedAt = _last.Started is null ? null : arrived + _last.Queued,
            DoneAt = arrived + _last.Queued + _last.Execution,
        };
    }

    private void Settle(Machine machine, Acknowledgement acknowledgement)
    {
        _last = acknowledgement;
        _settledAt = machine.Now;
        var end = Leave(machine, acknowledgement);
        switch (acknowledgement.Status)
        {
            case CommandStatus.Succeeded:
                machine.End(this, Outcome.Succeeded(end, acknowledgement.Result));
                break;
            case CommandStatus.Cancelled when _isOverdue:
                machine.End(this, Outcome.Failed(Error(StepStatus.TimedOut, $"it had not ended within {Text(_deadline)} and was cancelled"), end));
                break;
            case CommandStatus.Cancelled when Halt == Halt.Cancelling:
                machine.End(this, Outcome.Interrupted(Halt, end));
                break;
            case CommandStatus.Cancelled:
                Fail(machine, acknowledgement, StepStatus.Cancelled, "somebody else cancelled it", end);
                break;
            case CommandStatus.Rejected:
                Fail(machine, acknowledgement, StepStatus.Rejected, "the device refused it", end);
                break;
            case CommandStatus.Expired:
                Fail(machine, acknowledgement, StepStatus.Expired, "it waited too long in the device", end);
                break;
            case CommandStatus.Failed when acknowledgement.ErrorCode == ErrorCode.Unanswered:
                // It was sent to a device that is not ours and that says nothing of it: nobody knows.
                Fail(machine, acknowledgement, StepStatus.Unknown, "the device did not answer", end);
                break;
            default:
                Fail(machine, acknowledgement, StepStatus.Failed, "the device failed to carry it out", end);
                break;
        }
    }

    private void Fail(Machine machine, Acknowledgement acknowledgement, StepStatus status, string message, in Instant end) =>
        machine.End(this, Outcome.Failed(Error(status, acknowledgement.ErrorMessage ?? message, acknowledgement.ErrorCode), end));

    /// <summary>It is known not to have run.</summary>
    private void SettleUnheard(Machine machine, StepStatus status, string message)
    {
        var end = LeaveUncarried(machine);
        machine.End(this, Halt == Halt.Cancelling ? Outcome.Interrupted(Halt, end) : Outcome.Failed(Error(status, message), end));
    }

    private void SettleCancelled(Machine machine, in Instant end)
    {
        LeaveUncarried(machine);
        machine.End(this, Outcome.Interrupted(Halt, end));
    }

    /// <summary>Nobody answers: it may have run.</summary>
    private void GiveUp(Machine machine, string message) =>
        machine.End(this, Outcome.Failed(Error(StepStatus.Unknown, message), LeaveUncarried(machine)));

    private Instant LeaveUncarried(Machine machine)
    {
        Entry.Lanes.Leave(_lane, _lane.Free);
        return Ready.After(machine.Now - Began, Ordinal);
    }

    private Instant Leave(Machine machine, Acknowledgement acknowledgement)
    {
        if (acknowledgement is { Started: not null, Done: not null })
        {
            _idealStart = _lane.Free;
            var end = Instant.Max(Ready, _lane.Free).After(acknowledgement.Execution, Ordinal);
            Entry.Lanes.Leave(_lane, end);
            return end;
        }

        if (acknowledgement.Status != CommandStatus.Rejected)
        {
            return LeaveUncarried(machine);
        }

        // What was refused when its turn came has waited for that turn, ideally too.
        _idealStart = acknowledgement.Accepted is null ? default : _lane.Free;
        Entry.Lanes.Leave(_lane, _lane.Free);
        return Instant.Max(Ready, _idealStart);
    }
}
