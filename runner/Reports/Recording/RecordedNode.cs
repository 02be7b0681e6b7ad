using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Reading;

namespace IotMqtt.Runner.Reports.Recording;

/// <summary>A node of a run while it runs. Changed by the recorder alone, under its lock.</summary>
internal sealed class RecordedNode
{
    private List<RecordedNode>? _children;

    public RecordedNode(in NodeStarted started, RecordedNode? parent)
    {
        Ordinal = started.Ordinal;
        Parent = parent;
        Path = started.Path;
        Kind = started.Kind;
        Attempt = started.Attempt;
        BeganAt = started.At;
        Written = started.Written;
        Device = started.Device;
        Command = started.Command;
        Depth = parent is null ? 0 : parent.Depth + 1;
    }

    public long Ordinal { get; }

    public RecordedNode? Parent { get; }

    public string Path { get; }

    public NodeKind Kind { get; }

    public int Attempt { get; }

    public int Depth { get; }

    public TimeSpan BeganAt { get; }

    public SourcePosition Written { get; }

    public string? Device { get; }

    public string? Command { get; }

    public CommandPhase Phase { get; set; } = CommandPhase.Created;

    /// <summary>When it was published, as told while it ran.</summary>
    public TimeSpan? PublishedAt { get; set; }

    /// <summary>How it ended; null: it runs.</summary>
    public NodeEnded? End { get; set; }

    public StepStatus Status => End?.Status ?? StepStatus.Pending;

    public bool Critical { get; set; }

    /// <summary>How many commands were begun within it, itself included.</summary>
    public int Begun { get; set; }

    /// <summary>How many of them are over.</summary>
    public int Ended { get; set; }

    /// <summary>
    /// How many errors there are within it, itself included, that count as far as is known: not those of an attempt that may be followed by
    /// another one or by a <c>catch</c>, nor those that something around them got over.
    /// </summary>
    public int Errors { get; private set; }

    public bool IsCommand => Kind is NodeKind.Do or NodeKind.Undo;

    /// <summary>Whether it only carries the options of the node within it.</summary>
    public bool IsWrapping => Kind is NodeKind.Guard or NodeKind.Expecting;

    public IReadOnlyList<RecordedNode> Children => _children ?? (IReadOnlyList<RecordedNode>)[];

    public void Add(RecordedNode child) => (_children ??= []).Add(child);

    /// <summary>Counts errors for it and what is around it, up to the node that may get over them.</summary>
    public void CountErrors(int errors)
    {
        for (var around = this; around is not null; around = around.Parent)
        {
            around.Errors += errors;
            if (around.Kind == NodeKind.Guard)
            {
                return;
            }
        }
    }

    /// <summary>It has ended: what it got over counts no more, and what a node with options did not get over counts for those around it.</summary>
    public void Settle()
    {
        if (!StatusNames.IsFailure(Status))
        {
            CountErrors(-Errors);
        }
        else if (Kind == NodeKind.Guard)
        {
            Parent?.CountErrors(Errors);
        }
    }
}
