using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.CriticalPath;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Engine.Running.Nodes;
using IotMqtt.Engine.Running.Scopes;

namespace IotMqtt.Engine.Running;

/// <summary>
/// A program that is being run: a state machine. Facts go in, effects come out; it does no I/O, starts no task and reads no clock. Not safe
/// for concurrent use: facts are applied one at a time. DESIGN section 8.
/// </summary>
/// <remarks>
/// To run: apply <see cref="Fact.Started"/>, let the world perform the effects, and apply each fact that it posts, until
/// <see cref="Verdict"/> is there. To resume: apply the journal's facts to a new run and drop the effects, apply
/// <see cref="Fact.EpochBegan"/> and the devices' status, then perform what <see cref="Owed"/> says.
/// </remarks>
internal sealed partial class Run
{
    private readonly DeviceProgram _program;
    private readonly Machine _machine;
    private ProgramFrame? _root;
    private CancelReason? _cancelled;

    /// <summary>A run that has not started.</summary>
    /// <param name="program">The program, validated.</param>
    /// <param name="catalog">The models of the devices.</param>
    /// <param name="options">The bounds of its waits.</param>
    /// <param name="observer">Who is told of its steps; null: nobody, and nothing is made for them.</param>
    public Run(DeviceProgram program, IDeviceCatalog catalog, RunOptions? options = null, IRunObserver? observer = null)
    {
        _program = program;
        _machine = new Machine(options ?? new RunOptions(), catalog, observer);
    }

    /// <summary>How it ended; null: it has not.</summary>
    public Verdict? Verdict { get; private set; }

    /// <summary>The time of the last fact, since the run began.</summary>
    public TimeSpan Now => _machine.Now;

    /// <summary>How many nodes are open: what its memory goes by.</summary>
    public int OpenNodes => _machine.Frames.Count;

    /// <summary>How many commands are in flight.</summary>
    public int OpenCommands => _machine.Commands.Count;

    /// <summary>Applies a fact: the only way in which a run changes.</summary>
    /// <param name="fact">What has happened. A fact that concerns nothing that is open is ignored.</param>
    /// <param name="effects">Takes what is to be done, after what is in it already.</param>
    /// <exception cref="InvalidOperationException">The first fact is not <see cref="Fact.Started"/>, or there is a second one.</exception>
    public void Apply(Fact fact, EffectBuffer effects)
    {
        if (_root is null != fact is Fact.Started)
        {
            throw new InvalidOperationException(_root is null ? "the first fact of a run is that it started" : "a run starts once");
        }

        if (Verdict is not null)
        {
            return;
        }

        _machine.Turn(fact.At, effects);
        Turn(fact);
        _machine.Settle();
        if (_machine.Tally.Outcome is { } outcome)
        {
            Verdict = Judge(outcome);
            effects.Add(new Effect.Ended(Verdict));
        }
        else
        {
            _machine.SetAlarm();
        }
    }

    /// <summary>
    /// What a replayed run owes: each question that is open is asked again, each command in flight is sent again with its id, what is
    /// watched is armed again, faults are set again. All of it may have been done before; none of it does more when it is done twice.
    /// </summary>
    public void Owed(EffectBuffer effects)
    {
        if (Verdict is not null || _root is null)
        {
            return;
        }

        _machine.Turn(_machine.Now, effects);
        foreach (var frame in _machine.Frames.All())
        {
            frame.OweFaults(_machine);
        }

        foreach (var frame in _machine.Frames.All())
        {
            frame.Owe(_machine);
        }

        _machine.SendAgain();
        _machine.SetAlarm(again: true);
    }

    private void Start(Fact.Started started)
    {
        _machine.Epoch = started.Epoch;
        _machine.Seed = started.Seed;
        foreach (var seen in started.Devices)
        {
            var device = _machine.Commands.Device(seen.Device);
            device.IsOffline = !seen.Online;
            device.Incarnation = seen.Incarnation;
            device.Ledger = seen.Ledger;
        }

        _root = new ProgramFrame(_program)
        {
            Scope = new ProgramScope(_machine.Program(_program, started.Parameters)),
            Key = NodeKey.Of(started.Run, Relation.Step, 0),
            Steps = "steps",
        };
        _machine.Admit(_root);
    }

    private void Cancel(CancelReason reason)
    {
        // Only who interrupts twice has waited long enough; a timeout that passes meanwhile changes nothing.
        _machine.IsAbandoned |= reason == CancelReason.Interrupted && _cancelled == CancelReason.Interrupted;
        _cancelled = _cancelled == CancelReason.Interrupted ? _cancelled : reason;
        _machine.Stop(_root!, Halt.Cancelling, new Instant(_machine.Now, 0), throughShields: _machine.IsAbandoned);
    }
}
