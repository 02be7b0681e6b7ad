using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;

namespace IotMqtt.Runner.Reports;

/// <summary>The words for outcomes, the same in every report.</summary>
internal static class StatusNames
{
    /// <summary>The word for the outcome of a node.</summary>
    public static string Of(StepStatus status) => status switch
    {
        StepStatus.Pending => "pending",
        StepStatus.Succeeded => "succeeded",
        StepStatus.Failed => "failed",
        StepStatus.Rejected => "rejected",
        StepStatus.Expired => "expired",
        StepStatus.Cancelled => "cancelled",
        StepStatus.Unreachable => "unreachable",
        StepStatus.Unknown => "unknown",
        StepStatus.TimedOut => "timed-out",
        StepStatus.Skipped => "skipped",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>The word for the outcome of a run.</summary>
    public static string Of(RunStatus status) => status switch
    {
        RunStatus.Succeeded => "succeeded",
        RunStatus.Failed => "failed",
        RunStatus.Unanswered => "unanswered",
        RunStatus.TimedOut => "timed-out",
        RunStatus.Interrupted => "interrupted",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>Whether the outcome is one that somebody should look at.</summary>
    public static bool IsFailure(StepStatus status) =>
        status is not (StepStatus.Pending or StepStatus.Succeeded or StepStatus.Skipped or StepStatus.Cancelled);
}
