using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs;

/// <summary>A node of a program, with the options that any node takes. Immutable. DESIGN section 7.</summary>
public abstract record Node
{
    /// <summary>Where it was written.</summary>
    public SourcePosition At { get; init; } = SourcePosition.None;

    /// <summary>Its name in the program, unique there; results and paths use it. Null: its place stands for it.</summary>
    public string? Id { get; init; }

    /// <summary>Where that was written.</summary>
    public SourcePosition IdAt { get; init; } = SourcePosition.None;

    /// <summary>Whether it is carried out at all; where not, it counts as skipped and succeeded.</summary>
    public Expression? When { get; init; }

    /// <summary>How long the whole node may take, retries included.</summary>
    public DurationTemplate? Timeout { get; init; }

    /// <summary>How often it is tried again.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>What to do when it has failed for good; the node then counts as succeeded unless this fails.</summary>
    public SequenceNode? Catch { get; init; }

    /// <summary>What to do in any case, at the very end.</summary>
    public SequenceNode? Finally { get; init; }

    /// <summary>How to take it back.</summary>
    public UndoAction? Undo { get; init; }
}
