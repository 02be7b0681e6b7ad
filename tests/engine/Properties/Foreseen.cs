using IotMqtt.Engine.Programs;

namespace IotMqtt.Engine.Tests.Properties;

/// <summary>How a node must end, how long it must take, and how many errors it must report.</summary>
internal readonly record struct Foreseen(StepStatus Status, TimeSpan Length, int Errors)
{
    public static Foreseen Nothing { get; } = new(StepStatus.Succeeded, TimeSpan.Zero, 0);

    public bool Failed => Status is not (StepStatus.Succeeded or StepStatus.Skipped);

    public static Foreseen Failure(TimeSpan length) => new(StepStatus.Failed, length, 1);

    /// <summary>The status that all failures share, else failed.</summary>
    public static StepStatus Worst(IEnumerable<StepStatus> statuses)
    {
        var failures = statuses.Where(status => new Foreseen(status, default, 0).Failed).Distinct().ToArray();
        return failures.Length switch
        {
            0 => StepStatus.Succeeded,
            1 => failures[0],
            _ => StepStatus.Failed,
        };
    }
}
