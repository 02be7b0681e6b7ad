using System.Text.Json.Serialization;
using IotMqtt.Engine.Programs;

namespace IotMqtt.Runner.Reports;

/// <summary>One node of the program as it was carried out; a node of a <c>repeat</c> or an <c>each</c> is there once a round. Times as in <see cref="RunReport"/>.</summary>
public sealed record NodeReport
{
    /// <summary>Its number; a parent's is lower than its children's.</summary>
    public required int Id { get; init; }

    /// <summary>The number of the node around it; null: it is the program itself.</summary>
    public int? Parent { get; init; }

    /// <summary>What it is, in the program's own word: <c>do</c>, <c>sequence</c>, <c>parallel</c>, <c>each</c>, <c>catch</c>, …</summary>
    public required string Kind { get; init; }

    /// <summary>What it is for people: <c>speaker.play</c>, <c>parallel</c>, <c>round 2</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Where it is in the program.</summary>
    public required string Path { get; init; }

    /// <summary>How it ended.</summary>
    public required StepStatus Status { get; init; }

    /// <summary>What it said: why it failed, or the words of a <c>log</c>.</summary>
    public string? Message { get; init; }

    /// <summary>When it began.</summary>
    public double? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public double? EndedAt { get; init; }

    /// <summary>Whether it is on the critical path.</summary>
    public bool Critical { get; init; }

    /// <summary>In a page that carries a sample of a big run: how many commands within it are left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Omitted { get; init; }

    /// <summary>Whether there are nodes within it.</summary>
    internal bool IsGroup { get; init; }

    /// <summary>How many commands were begun within it, itself included.</summary>
    internal int Commands { get; init; }
}
