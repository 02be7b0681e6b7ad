using IotMqtt.Engine.Running.Commands;
using IotMqtt.Engine.Running.Scopes;

namespace IotMqtt.Engine.Running.Machinery;

/// <summary>What frames work with: the clock of the facts, the agenda, the timers, the commands in flight, the effects of this fact.</summary>
internal sealed partial class Machine(RunOptions options, IDeviceCatalog catalog, IRunObserver? observer)
{
    private readonly Agenda _agenda = new();
    private readonly Stack<Frame> _walk = new();
    private EffectBuffer _effects = new();
    private TimeSpan? _alarm;
    private long _ordinals;
    private long _ordinalsBefore;

    public RunOptions Options { get; } = options;

    public FrameTable Frames { get; } = new();

    public TimerHeap Timers { get; } = new();

    public CommandTable Commands { get; } = new(catalog);

    public Tally Tally { get; } = new();

    public TimeSpan Now { get; private set; }

    /// <summary>How many nodes have begun.</summary>
    public long Begun => _ordinals;

    /// <summary>How many nodes have begun because of this fact.</summary>
    public long BegunAtOnce => _ordinals - _ordinalsBefore;

    public long Epoch { get; set; }

    public ulong Seed { get; set; }

    /// <summary>Whether the run no longer waits for anything.</summary>
    public bool IsAbandoned { get; set; }

    public ulong SeedOf(UInt128 key, int number) => NodeKey.Seed(Seed, key, number);

    public void Emit(Effect effect) => _effects.Add(effect);

    /// <summary>Turns to the next fact.</summary>
    public void Turn(TimeSpan now, EffectBuffer effects)
    {
        Now = now > Now ? now : Now;
        _effects = effects;
        _ordinalsBefore = _ordinals;
    }

    /// <summary>Lets a frame begin, in its turn.</summary>
    public void Begin(Frame parent, Frame child)
    {
        parent.Attach(child);
        child.Halt = child.IsShield ? Halt.None : parent.Halt;
        child.HaltedAt = child.IsShield ? default : parent.HaltedAt;
        child.KeepsUndo |= parent.KeepsUndo;
        Admit(child);
    }

    /// <summary>Lets the outermost frame begin.</summary>
    public void Admit(Frame frame)
    {
        Frames.Add(frame);
        _agenda.Begin(frame);
    }

    /// <summary>Lets a frame end, in its turn. Only the first end counts.</summary>
    public void End(Frame frame, in Outcome outcome)
    {
        if (!frame.HasEnded)
        {
            frame.HasEnded = true;
            _agenda.End(frame, outcome.NotBefore(frame.HaltedAt));
        }
    }

    /// <summary>Carries out all that is to be begun and ended at this moment.</summary>
    public void Settle()
    {
        while (true)
        {
            if (_agenda.TryBegin(out var begun))
            {
                Start(begun);
            }
            else if (_agenda.TryEnd(out var ended, out var outcome))
            {
                Finish(ended, outcome);
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>
    /// Fires the timers that are due, one at a time, each with all that follows from it. What is set meanwhile comes with the next tick, and
    /// so do limits after anything else has come: what happens at the very moment of a timeout still happens in time.
    /// </summary>
    public void FireTimers()
    {
        if (_alarm <= Now)
        {
            _alarm = null;
        }

        var last = Timers.Last;
        var limits = true;
        while (Timers.TryTake(Now, last, limits, out var timer))
        {
            limits &= timer.IsLimit;
            timer.Frame.TimerFired(this, timer.Tag);
            Settle();
        }
    }

    /// <summary>Has the world say when the earliest timer is due. An alarm that is too early is left: it does no harm.</summary>
    public void SetAlarm(bool again = false)
    {
        if (Timers.Next is { } next && (again || _alarm is null || next < _alarm))
        {
            _alarm = next;
            Emit(new Effect.Alarm(next));
        }
    }

    private void Start(Frame frame)
    {
        if (frame.HasEnded)
        {
            return;
        }

        if (frame.Halt != Halt.None)
        {
            End(frame, Outcome.Interrupted(frame.Halt, frame.Ready));
            return;
        }

        frame.HasBegun = true;
        frame.Began = Now;
        frame.Ordinal = ++_ordinals;
        ReportStarted(frame);
        frame.Begin(this);
    }

    private void Finish(Frame frame, in Outcome outcome)
    {
        frame.Release(this);
        frame.LiftFaults(this);
        Frames.Remove(frame);
        if (frame.IsNode && frame.Node is { } node)
        {
            StepRecords.Keep(frame, node, outcome);
        }

        ReportEnded(frame, outcome);
        if (frame.Parent is not { } parent)
        {
            Tally.Outcome = outcome;
            return;
        }

        parent.Detach(frame);
        if (parent.KeepsUndo && frame.Undo is { } undo)
        {
            parent.RememberUndo(undo);
        }

        parent.ChildEnded(this, frame, outcome);
    }
}
