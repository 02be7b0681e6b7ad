using System.Collections.Immutable;

namespace IotMqtt.Engine.Programs;

/// <summary>How often and when a failed node is tried again.</summary>
public sealed record RetryPolicy
{
    /// <summary>How often it is tried in all, the first time included.</summary>
    public required int Attempts { get; init; }

    /// <summary>How the delay grows.</summary>
    public Backoff Backoff { get; init; } = Backoff.Exponential;

    /// <summary>The first delay.</summary>
    public TimeSpan Initial { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest delay.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How far chance moves a delay either way, 0 to 1.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>Which outcomes are tried again. <c>unknown</c> is not among them unless it is named: the command may have run.</summary>
    public ImmutableArray<StepStatus> When { get; init; } =
        [StepStatus.Unreachable, StepStatus.Rejected, StepStatus.Expired, StepStatus.Failed, StepStatus.TimedOut];

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan? AttemptTimeout { get; init; }
}

/// <summary>How the delay between attempts grows.</summary>
public enum Backoff
{
    /// <summary>Always the initial delay.</summary>
    Constant,

    /// <summary>By the initial delay each time.</summary>
    Linear,

    /// <summary>Twofold each time.</summary>
    Exponential,
}
