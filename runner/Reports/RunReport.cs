using IotMqtt.Engine.Running;

namespace IotMqtt.Runner.Reports;

/// <summary>
/// What a run was, once it is over: the document of <c>--output json</c> and of <c>--report json=…</c>, and what all other reports are
/// made from. Immutable. Steps, errors and nodes may be read from a file each time that they are gone through. All times are milliseconds since the run began.
/// </summary>
public sealed record RunReport
{
    /// <summary>The id of the run.</summary>
    public required string Run { get; init; }

    /// <summary>The name of the program.</summary>
    public required string Program { get; init; }

    /// <summary>The program's file as the user wrote it; null: it was built in C#.</summary>
    public string? File { get; init; }

    /// <summary>The fleet file as the user wrote it; null: the devices that were there.</summary>
    public string? Fleet { get; init; }

    /// <summary>Where it ran: <c>embedded</c>, <c>dry-run</c>, or the broker's address without credentials.</summary>
    public string? World { get; init; }

    /// <summary>The seed of everything that is left to chance: the same seed gives the same run.</summary>
    public ulong? Seed { get; init; }

    /// <summary>When the run began; null: in virtual time, which has no date.</summary>
    public DateTimeOffset? BeganAt { get; init; }

    /// <summary>How it ended.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>The exit code that says so. DESIGN section 10.</summary>
    public required int ExitCode { get; init; }

    /// <summary>How the devices were found.</summary>
    public required RegistrationReport Registration { get; init; }

    /// <summary>How long the program took, from its first step's start to its last step's end; registration is not part of it.</summary>
    public required double MakespanMs { get; init; }

    /// <summary>How long it would have taken had the devices' own work been all: their execution times along the longest chain, their queues included.</summary>
    public required double CriticalPathMs { get; init; }

    /// <summary><see cref="CriticalPathMs"/> ÷ <see cref="MakespanMs"/>; 1.0 is perfect.</summary>
    public required double Efficiency { get; init; }

    /// <summary>The longest that something was carried out after it was due, by the run or by a worker of its devices.</summary>
    public double LagMs { get; init; }

    /// <summary>How many errors a <c>catch:</c> dealt with; they do not count against the run.</summary>
    public int Caught { get; init; }

    /// <summary>How many devices failed and were tolerated (<c>tolerate:</c>); they do not count against the run.</summary>
    public int Tolerated { get; init; }

    /// <summary>Every attempt of every command, in the order in which they began.</summary>
    public IReadOnlyCollection<StepReport> Steps { get; init; } = [];

    /// <summary>Everything that went wrong, in the order in which it did.</summary>
    public IReadOnlyCollection<ErrorReport> Errors { get; init; } = [];

    /// <summary>Every node that was carried out, parents before their children: what a timeline is drawn from.</summary>
    public IReadOnlyCollection<NodeReport> Nodes { get; init; } = [];
}

/// <summary>How the devices of a run were found.</summary>
/// <param name="Devices">How many there are.</param>
/// <param name="ElapsedMs">How long it took until all had answered.</param>
public sealed record RegistrationReport(int Devices, double ElapsedMs);
