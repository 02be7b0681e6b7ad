using System.Collections.Immutable;

namespace IotMqtt.Engine.Running;

/// <summary>How a run ended. DESIGN section 10.</summary>
public sealed record Verdict
{
    /// <summary>How.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>The exit code of <c>iotmqtt run</c>: 0, 1, 5 or 130.</summary>
    public int ExitCode => Status switch
    {
        RunStatus.Succeeded => 0,
        RunStatus.Failed => 1,
        RunStatus.Unanswered or RunStatus.TimedOut => 5,
        _ => 130,
    };

    /// <summary>From the run's beginning to its end.</summary>
    public required TimeSpan Makespan { get; init; }

    /// <summary>What the run would have taken if nothing but the devices took time: their execution and their queues, delays and waits.</summary>
    public required TimeSpan CriticalPath { get; init; }

    /// <summary>The critical path by the makespan; 1 is perfect, and that of a run that took no time.</summary>
    public double Efficiency => Makespan > TimeSpan.Zero ? CriticalPath / Makespan : 1;

    /// <summary>
    /// How late the run and the workers of its devices were at most: the longest that something was carried out after it was due. Where it is
    /// much, times of the run say as much of the machine as of the system under test. Nothing in virtual time.
    /// </summary>
    public TimeSpan Lag { get; init; }

    /// <summary>The ordinal of the last step of the critical path; each step names the one before it. 0: none.</summary>
    public long CriticalStep { get; init; }

    /// <summary>How many nodes were begun, commands and all others, each attempt and round anew.</summary>
    public long Steps { get; init; }

    /// <summary>What failed and was neither caught nor tolerated, in the order in which it failed.</summary>
    public ImmutableArray<RunError> Errors { get; init; } = [];

    /// <summary>How many errors were caught.</summary>
    public int Caught { get; init; }

    /// <summary>How many devices of an <c>each</c> and branches of a <c>parallel</c> failed and were tolerated.</summary>
    public int Tolerated { get; init; }
}

/// <summary>How a run ended.</summary>
public enum RunStatus
{
    /// <summary>All succeeded, but for what was caught or tolerated.</summary>
    Succeeded,

    /// <summary>A step failed, or something expected did not come.</summary>
    Failed,

    /// <summary>A command stayed unanswered, and nothing else failed.</summary>
    Unanswered,

    /// <summary>The run's own timeout passed, and nothing else failed.</summary>
    TimedOut,

    /// <summary>It was interrupted.</summary>
    Interrupted,
}
