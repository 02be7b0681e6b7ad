using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.CriticalPath;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Machinery;

/// <summary>How a frame ended.</summary>
internal readonly record struct Outcome
{
    private Outcome(StepStatus status, bool interrupted, ErrorRope? errors, RunError? own, in Instant end, in Value result)
    {
        Status = status;
        IsInterrupted = interrupted;
        Errors = errors;
        Own = own;
        End = end;
        Result = result;
    }

    public StepStatus Status { get; private init; }

    /// <summary>Whether it was kept from ending by itself: neither a success nor a failure of its own.</summary>
    public bool IsInterrupted { get; }

    /// <summary>Whether something in it was cancelled before it had ended, though it failed by itself.</summary>
    public bool IsCut { get; private init; }

    /// <summary>Whether it acted as it should, and failed because of what did or did not follow.</summary>
    public bool HasActed { get; private init; }

    /// <summary>What went wrong in it.</summary>
    public ErrorRope? Errors { get; }

    /// <summary>What went wrong in itself, not in a frame within it.</summary>
    public RunError? Own { get; private init; }

    /// <summary>When it ended in the ideal run.</summary>
    public Instant End { get; private init; }

    public Value Result { get; }

    public bool IsSuccess => !IsInterrupted && Status is StepStatus.Succeeded or StepStatus.Skipped;

    public bool IsFailure => !IsInterrupted && !IsSuccess;

    public static Outcome Succeeded(in Instant end, in Value result = default) => new(StepStatus.Succeeded, false, null, null, end, result);

    public static Outcome Skipped(in Instant end) => new(StepStatus.Skipped, false, null, null, end, default);

    public static Outcome Interrupted(Halt halt, in Instant end, ErrorRope? errors = null) =>
        new(halt == Halt.Draining ? StepStatus.Skipped : StepStatus.Cancelled, true, errors, null, end, default);

    public static Outcome Failed(RunError error, in Instant end, ErrorRope? before = null) =>
        new(error.Status, false, ErrorRope.Join(before, new(error)), error, end, default);

    /// <summary>A failure that came from within.</summary>
    public static Outcome Failed(StepStatus status, ErrorRope? errors, in Instant end) => new(status, false, errors, null, end, default);

    /// <summary>The same, as the outcome of the frame around it: what went wrong did not go wrong there.</summary>
    public Outcome FromWithin() => this with { Own = null };

    /// <summary>The same, where something in it was cancelled.</summary>
    public Outcome Cut(bool isCut) => this with { IsCut = isCut };

    /// <summary>The same, where its act succeeded.</summary>
    public Outcome Acted() => this with { HasActed = true };

    /// <summary>The same failure with another status.</summary>
    public Outcome As(StepStatus status) => this with { Status = status };

    /// <summary>The same, as the failure of the frame itself.</summary>
    public Outcome OwnedBy(RunError own) => this with { Own = own };

    /// <summary>The same, but ended no earlier than that.</summary>
    public Outcome NotBefore(in Instant instant) => this with { End = Instant.Max(End, instant) };

    /// <summary>
    /// The status of what failed in several ways at once: unknown before all else, because what may have run is not to be tried again
    /// blindly; else the one that all share; else failed.
    /// </summary>
    public static StepStatus Worst(StepStatus one, StepStatus other) =>
        one == StepStatus.Succeeded || one == other ? other
        : one == StepStatus.Unknown || other == StepStatus.Unknown ? StepStatus.Unknown
        : StepStatus.Failed;
}
