using System.Runtime.InteropServices;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;

namespace IotMqtt.Runner.Reports.Recording;

/// <summary>
/// A node of a run as it is kept: as many bytes whatever the node, at the place that its ordinal says. Texts are elsewhere; numbers of nodes are
/// their ordinals, 0 being none. Times are ticks since the run began, -1 being never.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal struct NodeSlot
{
    /// <summary>A page holds a whole number of them.</summary>
    public const int Size = 128;

    public long BeganAt;
    public long EndedAt;
    public long PublishedAt;
    public long AcceptedAt;
    public long StartedAt;
    public long DoneAt;

    /// <summary>Where its path is among the texts.</summary>
    public long Path;

    /// <summary>Where its error or its words are; -1: there are none.</summary>
    public long Said;

    public int Parent;
    public int LastChild;
    public int Children;
    public int CriticalPredecessor;

    /// <summary>The number of the node of the report that it is, or is part of.</summary>
    public int Id;

    /// <summary>The node that stands for it in the report: itself, or one around it.</summary>
    public int Top;

    /// <summary>How many commands were begun within it, itself included.</summary>
    public int Commands;

    public int Written;
    public int Device;
    public int Command;
    public int Attempt;

    /// <summary>The kind of the node around it.</summary>
    public NodeKind Around;

    public NodeKind Kind;
    public StepStatus Status;
    public NodeFlags Flags;

    public readonly bool IsKept => (Flags & NodeFlags.Kept) != 0;

    public readonly bool IsCommand => Kind is NodeKind.Do or NodeKind.Undo;

    public readonly bool IsWrapping => Kind is NodeKind.Guard or NodeKind.Expecting;

    /// <summary>Whether it only carries the attempts of one command.</summary>
    public readonly bool IsOfAttempts => IsWrapping && Has(NodeFlags.OfAttempts);

    public readonly bool Has(NodeFlags flag) => (Flags & flag) != 0;
}

/// <summary>What is true of a node.</summary>
[Flags]
internal enum NodeFlags
{
    /// <summary>The slot is in use.</summary>
    Kept = 1,

    /// <summary>All nodes directly within it are attempts of one command.</summary>
    OfAttempts = 2,

    /// <summary>It has the path of the node around it.</summary>
    IsBetween = 4,

    /// <summary>What it says is an error of its own.</summary>
    HasError = 8,

    /// <summary>It is on the critical path.</summary>
    Critical = 16,

    /// <summary>It is a step of the critical path that has been passed.</summary>
    Passed = 32,

    /// <summary>An error of it, or of what it stands for, counts against the run.</summary>
    Fatal = 64,

    /// <summary>The report has nodes within it.</summary>
    IsGroup = 128,

    /// <summary>The error that it has counts against the run.</summary>
    HasFatalError = 256,
}
