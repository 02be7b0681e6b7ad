using IotMqtt.Engine.Programs;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running;

/// <summary>
/// Is told of the nodes of a run as they happen: for a live view, a report. A run keeps nothing of a finished step: who wants to know
/// later must keep it. Called in the order of events, from where the run is applied; a replay tells everything again.
/// </summary>
public interface IRunObserver
{
    /// <summary>A node has started.</summary>
    void Started(in NodeStarted node);

    /// <summary>A command has come further.</summary>
    void Progressed(in CommandProgressed progress);

    /// <summary>A node has ended.</summary>
    void Ended(in NodeEnded node);
}

/// <summary>A node has started.</summary>
/// <param name="Ordinal">Its number in the run, from 1.</param>
/// <param name="Parent">The number of the node around it; 0: none.</param>
/// <param name="Path">
/// Where it is: <c>steps[0].parallel[1].sequence[0]</c>. A node with an id has it in place of its number; a device of an <c>each</c> and a
/// round of a <c>repeat</c> stand in theirs: <c>each[unit-7]</c>, <c>repeat[3]</c>.
/// </param>
/// <param name="Kind">What it is.</param>
/// <param name="Attempt">Which attempt, from 1.</param>
/// <param name="At">When, since the run began.</param>
/// <param name="Written">Where it was written.</param>
/// <param name="Device">The device, where it is a command.</param>
/// <param name="Command">The command.</param>
public readonly record struct NodeStarted(
    long Ordinal, long Parent, string Path, NodeKind Kind, int Attempt, TimeSpan At, SourcePosition Written, string? Device, string? Command);

/// <summary>A command has come further.</summary>
/// <param name="Ordinal">The node's number.</param>
/// <param name="Phase">How far.</param>
/// <param name="At">When.</param>
public readonly record struct CommandProgressed(long Ordinal, CommandPhase Phase, TimeSpan At);

/// <summary>The phases of a command that is not over, as the requester sees them.</summary>
public enum CommandPhase
{
    /// <summary>Its arguments are being evaluated, or it waits for its slot in the send window.</summary>
    Created,

    /// <summary>It has been published.</summary>
    Published,

    /// <summary>The device has it.</summary>
    Accepted,

    /// <summary>The device carries it out.</summary>
    Running,

    /// <summary>It is overdue: the device has been asked what became of it.</summary>
    Querying,

    /// <summary>It is being cancelled.</summary>
    Cancelling,
}

/// <summary>A node has ended.</summary>
public readonly record struct NodeEnded
{
    /// <summary>The node's number.</summary>
    public required long Ordinal { get; init; }

    /// <summary>How it ended.</summary>
    public required StepStatus Status { get; init; }

    /// <summary>When, since the run began.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>What went wrong in it itself; null: nothing, or in a node within it.</summary>
    public RunError? Error { get; init; }

    /// <summary>Its result, where it has one.</summary>
    public Value Result { get; init; }

    /// <summary>For a <c>log</c>: what it said. For an act with a <c>never</c>: what could not be judged.</summary>
    public string? Said { get; init; }

    /// <summary>For a command: when it was published, since the run began.</summary>
    public TimeSpan? PublishedAt { get; init; }

    /// <summary>When it reached the device: half of the time that was not spent there was spent before.</summary>
    public TimeSpan? AcceptedAt { get; init; }

    /// <summary>When the device began to carry it out.</summary>
    public TimeSpan? StartedAt { get; init; }

    /// <summary>When the device had carried it out.</summary>
    public TimeSpan? DoneAt { get; init; }

    /// <summary>
    /// The step that decided when this one could start, on the critical path: what came before in the program, or in the device's queue.
    /// 0: none. Follow it from <see cref="Verdict.CriticalStep"/> to mark the critical path.
    /// </summary>
    public long CriticalPredecessor { get; init; }
}

/// <summary>What a node is, for people.</summary>
public enum NodeKind
{
    /// <summary>A node with options: its attempts, its <c>catch</c> and its <c>finally</c> are within it.</summary>
    Guard,

    /// <summary>An act with what it expects.</summary>
    Expecting,

    /// <summary>A command.</summary>
    Do,

    /// <summary>A command that takes an act back.</summary>
    Undo,

    /// <summary>A sequence.</summary>
    Sequence,

    /// <summary>Branches.</summary>
    Parallel,

    /// <summary>Steps for each of a selection.</summary>
    Each,

    /// <summary>A choice.</summary>
    If,

    /// <summary>Rounds.</summary>
    Repeat,

    /// <summary>A wait for a message.</summary>
    Wait,

    /// <summary>A delay.</summary>
    Delay,

    /// <summary>An assertion.</summary>
    Assert,

    /// <summary>Variables set.</summary>
    Set,

    /// <summary>Another program.</summary>
    Run,

    /// <summary>A message published.</summary>
    Publish,

    /// <summary>An HTTP request.</summary>
    Http,

    /// <summary>A program of the operating system.</summary>
    Exec,

    /// <summary>A fault set.</summary>
    Fault,

    /// <summary>A line in the record.</summary>
    Log,

    /// <summary>A failure.</summary>
    Fail,

    /// <summary>Everything taken back.</summary>
    UndoAll,
}
