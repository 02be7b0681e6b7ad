using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.CriticalPath;
using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Engine.Running.Undo;

namespace IotMqtt.Engine.Running.Machinery;

/// <summary>
/// A node that is being carried out. Frames form a tree; a frame is begun by the one around it, told of what concerns it, and ends once.
/// No frame calls another: they begin and end through the machine's agenda, so that no depth of nesting is a depth of calls.
/// </summary>
internal abstract partial class Frame
{
    /// <summary>The node, where there is one.</summary>
    public abstract Node? Node { get; }

    /// <summary>What observers are told that it is; null: nothing.</summary>
    public abstract NodeKind? Kind { get; }

    /// <summary>Where it is in the table of what is open.</summary>
    public int Slot { get; set; }

    public int Generation { get; set; }

    /// <summary>Its number in the run, from 1, when it was begun.</summary>
    public long Ordinal { get; set; }

    /// <summary>Its identity.</summary>
    public UInt128 Key { get; set; }

    /// <summary>Its place for people, in the frame around it.</summary>
    public Place Place { get; set; }

    /// <summary>Whether it stands for its node towards the frame around it: a guard does so for the frame within it.</summary>
    public bool IsNode { get; set; }

    /// <summary>The names that it sees.</summary>
    public required ProgramScope Scope { get; init; }

    /// <summary>When it could start in the ideal run.</summary>
    public Instant Ready { get; set; }

    /// <summary>When it was begun.</summary>
    public TimeSpan Began { get; set; }

    /// <summary>Which attempt of its node it is, from 1.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>Whether somebody will ask for its result.</summary>
    public bool WantsResult { get; set; }

    /// <summary>What is left of its node's timeout, where a guard sees to that; null: a command has a deadline of its own.</summary>
    public TimeSpan? Limit { get; set; }

    public Halt Halt { get; set; }

    /// <summary>In the ideal run it cannot end before this: the moment at which it was halted.</summary>
    public Instant HaltedAt { get; set; }

    public bool HasBegun { get; set; }

    public bool HasEnded { get; set; }

    /// <summary>What was done within it and can be taken back; null: nothing, or nobody could ask for it.</summary>
    public UndoGroup? Undo { get; set; }

    /// <summary>Whether a <c>catch</c> around it takes back what was done.</summary>
    public bool KeepsUndo { get; set; }

    /// <summary>Whether a halt from outside ends here.</summary>
    public virtual bool IsShield => false;

    /// <summary>Starts it.</summary>
    public abstract void Begin(Machine machine);

    /// <summary>A frame within it has ended.</summary>
    public virtual void ChildEnded(Machine machine, Frame child, in Outcome outcome) =>
        throw new InvalidOperationException($"{GetType().Name} has no frames within it");

    /// <summary>
    /// It has been halted: what is not yet in flight is given up. A frame with open frames within it waits for them; <see cref="Halt"/>
    /// says that it must start nothing more.
    /// </summary>
    public virtual void Halted(Machine machine)
    {
        if (FirstChild is null)
        {
            Interrupt(machine);
        }
    }

    /// <summary>A timer of its own has come.</summary>
    public virtual void TimerFired(Machine machine, int tag) => throw new InvalidOperationException($"{GetType().Name} sets no timer");

    /// <summary>It has ended: gives back what it holds in the world.</summary>
    public virtual void Release(Machine machine)
    {
    }

    protected void Succeed(Machine machine, in Instant end) => machine.End(this, Outcome.Succeeded(end));

    /// <summary>Ends it without a failure of its own, because it was halted.</summary>
    protected void Interrupt(Machine machine, ErrorRope? errors = null) => machine.End(this, Outcome.Interrupted(Halt, Ready, errors));

    protected void Fail(Machine machine, string message, StepStatus status = StepStatus.Failed, string? code = null) =>
        machine.End(this, Outcome.Failed(Error(status, message, code), Ready));

    /// <summary>An error of this frame.</summary>
    protected virtual RunError Error(StepStatus status, string message, string? code = null) =>
        new() { Path = Path, Status = status, Message = message, Code = code, At = Node?.At ?? default };
}
