using IotMqtt.Engine.Programs;

namespace IotMqtt.Runner.Reports.JUnit;

/// <summary>What a test case is to a CI server.</summary>
/// <param name="IsFailure">It failed.</param>
/// <param name="IsError">Nobody knows what became of it: that is an error of the test, not a failure of what is tested.</param>
/// <param name="IsSkipped">It was not carried out to its end, and that was not its fault.</param>
internal readonly record struct JUnitVerdict(bool IsFailure, bool IsError, bool IsSkipped)
{
    /// <summary>By its status, and whether its failure does not count against the run.</summary>
    public static JUnitVerdict Of(StepStatus status, bool isTolerated)
    {
        var isError = !isTolerated && status == StepStatus.Unknown;
        return new(
            !isTolerated && !isError && StatusNames.IsFailure(status),
            isError,
            status is StepStatus.Skipped or StepStatus.Cancelled or StepStatus.Pending);
    }
}
