using System.Collections.Immutable;
using IotMqtt.Engine.Programs;

namespace IotMqtt.Runner.Reports;

/// <summary>One thing that went wrong.</summary>
public sealed record ErrorReport
{
    /// <summary>Where in the program; null: it was the run as a whole.</summary>
    public string? Path { get; init; }

    /// <summary>The step for people, such as <c>speaker.play</c> or <c>assert</c>; null: it was the run as a whole.</summary>
    public string? Step { get; init; }

    /// <summary>What became of it.</summary>
    public required StepStatus Status { get; init; }

    /// <summary>Why, such as <c>the speaker is off</c>.</summary>
    public required string Message { get; init; }

    /// <summary>What belongs to it, a line each: for something that did not come, the messages that came instead, and why each did not fit.</summary>
    public ImmutableArray<string> Details { get; init; } = [];

    /// <summary>What kind of error, such as <c>precondition-failed</c>; null: it has no kind of its own.</summary>
    public string? Code { get; init; }

    /// <summary>Where it was written, <c>file:line:column</c>.</summary>
    public string? At { get; init; }

    /// <summary>Whether it counts against the run: not where it was caught or tolerated.</summary>
    public bool Fatal { get; init; } = true;

    /// <summary>The <see cref="NodeReport.Id"/> of the command that it belongs to; null: it belongs to none.</summary>
    internal int? Node { get; init; }

    /// <summary>One line: <c>speaker.play rejected: the speaker is off</c>.</summary>
    public override string ToString() => Step is null ? Message : $"{Step} {StatusNames.Of(Status)}: {Message}";
}
