using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Machinery;

namespace IotMqtt.Engine.Running;

/// <content>How it ended.</content>
internal sealed partial class Run
{
    private Verdict Judge(in Outcome outcome)
    {
        var errors = outcome.Errors?.ToArray() ?? [];
        return new Verdict
        {
            Status = StatusOf(outcome, errors.Any(static error => error.Status != StepStatus.Unknown)),
            Makespan = _machine.Now,
            CriticalPath = outcome.End.Time,
            CriticalStep = outcome.End.Step,
            Steps = _machine.Begun,
            Errors = errors,
            Caught = _machine.Tally.Caught,
            Tolerated = _machine.Tally.Tolerated,
        };
    }

    private RunStatus StatusOf(in Outcome outcome, bool hasFailed) =>
        _cancelled == CancelReason.Interrupted ? RunStatus.Interrupted
        : hasFailed ? RunStatus.Failed
        : _cancelled == CancelReason.Timeout ? RunStatus.TimedOut
        : outcome.IsSuccess ? RunStatus.Succeeded
        : RunStatus.Unanswered;
}
