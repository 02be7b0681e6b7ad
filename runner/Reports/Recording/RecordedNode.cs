using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Reading;

namespace IotMqtt.Runner.Reports.Recording;

/// <summary>A node of a run while it runs, and for a while after. Changed by the recorder alone, under its lock.</summary>
internal sealed class RecordedNode
{
    private List<RecordedNode>? _children;
    private int _forgottenWithin;

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
    }

    public long Ordinal { get; }

    public RecordedNode? Parent { get; }

    public string Path { get; }

    public NodeKind Kind { get; }

    public int Attempt { get; }

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

    /// <summary>What it is called by.</summary>
    public NodeName Name => new(Kind, Parent?.Kind, Parent?.Path == Path, Written, Path, Device, Command);

    /// <summary>The nodes directly within it that are remembered: all that run, and what ended last.</summary>
    public IReadOnlyList<RecordedNode> Children => _children ?? (IReadOnlyList<RecordedNode>)[];

    /// <summary>How many nodes have begun directly within it, the forgotten included.</summary>
    public int Count { get; private set; }

    /// <summary>The last of them.</summary>
    public RecordedNode? LastChild { get; private set; }

    /// <summary>Whether they are all attempts of one command.</summary>
    public bool IsOfAttempts { get; private set; } = true;

    /// <summary>How many of them are forgotten and succeeded.</summary>
    public int ForgottenDone { get; private set; }

    /// <summary>How many of them are forgotten and failed.</summary>
    public int ForgottenFailed { get; private set; }

    private bool IsForgotten { get; set; }

    public void Add(RecordedNode child)
    {
        Count++;
        IsOfAttempts &= child.IsCommand && (LastChild is null || LastChild.Path == child.Path);
        LastChild = child;
        (_children ??= []).Add(child);
    }

    /// <summary>It has ended and long been seen: from now on it is only counted.</summary>
    public void Forget()
    {
        IsForgotten = true;
        if (Parent is not { _children: { } siblings } around)
        {
            return;
        }

        // Not one by one, which would take as long as there are many.
        if (++around._forgottenWithin * 2 > siblings.Count)
        {
            around.ForgottenDone += siblings.Count(static child => child is { IsForgotten: true, Errors: 0 });
            around.ForgottenFailed += siblings.Count(static child => child is { IsForgotten: true, Errors: > 0 });
            siblings.RemoveAll(static child => child.IsForgotten);
            around._forgottenWithin = 0;
        }
    }

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
