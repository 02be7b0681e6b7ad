using System.Collections.Immutable;
using IotMqtt.Engine.Programs;

namespace IotMqtt.Runner.Reports;

/// <summary>One attempt of one command. All times are milliseconds since the run began; null: that did not happen.</summary>
public sealed record StepReport
{
    /// <summary>Where it is in the program.</summary>
    public required string Path { get; init; }

    /// <summary>The device.</summary>
    public required string Device { get; init; }

    /// <summary>The command.</summary>
    public required string Command { get; init; }

    /// <summary>Which attempt of its node this is, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Where it was written, <c>file:line:column</c>; null: nowhere.</summary>
    public string? At { get; init; }

    /// <summary>How it ended; where it succeeded and what was expected of it did not come: how that ended.</summary>
    public required StepStatus Status { get; init; }

    /// <summary>Why it did not succeed.</summary>
    public string? Error { get; init; }

    /// <summary>When the command went out.</summary>
    public double? PublishedAt { get; init; }

    /// <summary>When the device took it in.</summary>
    public double? AcceptedAt { get; init; }

    /// <summary>When the device began with it; what lies between is the device's own queue.</summary>
    public double? StartedAt { get; init; }

    /// <summary>When the device was done with it.</summary>
    public double? DoneAt { get; init; }

    /// <summary>When its outcome was known here.</summary>
    public double? AcknowledgedAt { get; init; }

    /// <summary>Whether it is on the critical path: had it been faster, so had the run.</summary>
    public bool Critical { get; init; }

    /// <summary>The <see cref="NodeReport.Id"/> of its node.</summary>
    public int Node { get; init; }

    /// <summary>Whether its node had no attempt after it.</summary>
    internal bool IsLast { get; init; } = true;

    /// <summary>Whether its node has an error that counts against the run.</summary>
    internal bool Counts { get; init; }

    /// <summary>The errors of its node that count against the run: what was expected of it may have been missed in several ways.</summary>
    internal ImmutableArray<ErrorReport> Wrong { get; init; } = [];
}
