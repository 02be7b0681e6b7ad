using System.Collections.Immutable;
using IotMqtt.Engine.Programs;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Running;

/// <summary>One thing that went wrong in a run.</summary>
public sealed record RunError
{
    /// <summary>The path of the step.</summary>
    public required string Path { get; init; }

    /// <summary>How it ended.</summary>
    public required StepStatus Status { get; init; }

    /// <summary>Why, for people.</summary>
    public required string Message { get; init; }

    /// <summary>What belongs to it, a line each: for something that did not come, the messages that came instead, and why each did not fit.</summary>
    public ImmutableArray<string> Details { get; init; } = [];

    /// <summary>What kind of error, such as <c>precondition-failed</c>; null: it has no kind of its own.</summary>
    public string? Code { get; init; }

    /// <summary>The device, for a command.</summary>
    public string? Device { get; init; }

    /// <summary>The command.</summary>
    public string? Command { get; init; }

    /// <summary>Where the step was written.</summary>
    public SourcePosition At { get; init; }

    /// <summary><c>speaker.play rejected: the speaker is off</c>.</summary>
    public override string ToString() => $"{(Device is null ? Path : $"{Device}.{Command}")} {(Status == StepStatus.TimedOut ? "timed out" : Status.Text())}: {Message}";
}
