using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Commands;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Engine.Running.Nodes;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Expecting;

/// <summary>
/// An act with what it expects: everything is armed before the act, nothing counts that was seen before its publish, and it ends when the
/// act has ended, all that is expected has been seen and what must not be seen has been watched long enough.
/// </summary>
/// <param name="node">The act.</param>
/// <param name="monitored">For the monitors of a program: its steps, which are the act; null: the node acts itself.</param>
/// <param name="steps">What they are called in paths.</param>
internal sealed partial class ExpectingFrame(ActingNode node, SequenceNode? monitored = null, string? steps = null) : Frame
{
    private const int Arming = -1;

    private readonly Watch[] _watches =
        [.. node.Expect.Select(static expect => new Watch(expect, false)), .. node.Never.Select(static never => new Watch(never, true))];

    private Outcome _act;
    private TimeSpan _actEnded;
    private bool _hasActed;
    private bool _isPublished;
    private List<string>? _unjudged;
    private int _armTimer;

    public override Node Node => node;

    public override NodeKind? Kind => NodeKind.Expecting;

    /// <summary>What it could not judge, in a line; null: there was nothing of that kind.</summary>
    public string? Said => _unjudged is null ? null : string.Join("; ", _unjudged);

    public override void Begin(Machine machine) => Evaluate(machine, new ValueTemplate.List([.. _watches.SelectMany(static watch => new[]
    {
        watch.Expectation.Match.Entry ?? new ValueTemplate.Constant(Value.Null),
        watch.Expectation.Within?.Computed ?? new ValueTemplate.Constant(Value.Null),
    })]));

    protected override void Evaluated(Machine machine, in Evaluation evaluation)
    {
        if (evaluation.Failed)
        {
            Fail(machine, evaluation.Error!);
            return;
        }

        for (var at = 0; at < _watches.Length; at++)
        {
            if (Prepare(machine, _watches[at], evaluation.Value.AsList[2 * at], evaluation.Value.AsList[(2 * at) + 1]) is { } problem)
            {
                Fail(machine, problem);
                return;
            }
        }

        _armTimer = machine.Timers.Set(machine.Now + machine.Options.WorldBound, this, Arming, isLimit: true);
        foreach (var watch in _watches)
        {
            machine.Emit(watch.Arm!);
        }
    }

    public override void Armed(Machine machine, Fact.Armed armed)
    {
        if (Find(armed.Ticket) is not { IsArmed: false } watch)
        {
            return;
        }

        watch.IsArmed = true;
        if (armed.Error is not null)
        {
            Fail(machine, armed.Error, code: "subscribe");
        }
        else if (Array.TrueForAll(_watches, static each => each.IsArmed))
        {
            machine.Timers.Cancel(ref _armTimer);
            BeginAct(machine);
        }
    }

    /// <summary>The act has been published: from now on it counts what is seen.</summary>
    public void ActPublished(Machine machine)
    {
        _isPublished = true;
        StartTimers(machine, false);
    }

    public override void ChildEnded(Machine machine, Frame child, in Outcome outcome)
    {
        _hasActed = true;
        _act = outcome;
        _actEnded = machine.Now;
        if (!outcome.IsSuccess)
        {
            var errors = ErrorRope.Join(outcome.Errors, ErrorRope.Join(_seen, KnownGaps()));
            machine.End(this, outcome.IsFailure ? Outcome.Failed(outcome.Status, errors, outcome.End) : Outcome.Interrupted(Halt, outcome.End, errors));
            return;
        }

        StartTimers(machine, true);
        EndWithoutTime(machine);
        Judge(machine);
        if (Halt != Halt.None && !HasEnded)
        {
            machine.End(this, Outcome.Interrupted(Halt, outcome.End, _wrong));
        }
    }

    /// <summary>What is known to be wrong by then is said, though nobody waits for the rest.</summary>
    public override void Halted(Machine machine)
    {
        if (FirstChild is null)
        {
            Interrupt(machine, _wrong);
        }
    }

    public override void Release(Machine machine)
    {
        machine.Timers.Cancel(ref _armTimer);
        foreach (var watch in _watches)
        {
            machine.Timers.Cancel(ref watch.Timer);
            if (watch.Arm is not null)
            {
                machine.Emit(new Effect.Disarm(watch.Arm.Ticket));
            }
        }
    }

    public override void Owe(Machine machine)
    {
        base.Owe(machine);
        foreach (var watch in _watches)
        {
            if (watch.Arm is not null)
            {
                machine.Emit(watch.Arm);
            }

            if (watch is { IsMissed: true, IsDecided: false })
            {
                machine.Emit(new Effect.Recall(watch.Arm!.Ticket));
            }
        }
    }

    /// <summary>What is wrong with what followed an act is said of the act: of the command, where it is one.</summary>
    protected override RunError Error(StepStatus status, string message, string? code = null) => base.Error(status, message, code) with
    {
        Device = (node as DoNode)?.DeviceOf(Scope),
        Command = (node as DoNode)?.Command,
    };

    private string? Prepare(Machine machine, Watch watch, in Value entry, in Value within)
    {
        var expectation = watch.Expectation;
        watch.Within = expectation.Within?.Constant;
        if (expectation.Within?.Computed is not null)
        {
            if (!Durations.TryRead(Evaluation.Of(within), out var computed, out var badDuration))
            {
                return badDuration;
            }

            watch.Within = computed;
        }

        var ticket = NextTicket();
        var seed = machine.SeedOf(Key, ticket.Question);
        Matchers.TryMake(expectation.Match, entry, Scope, ticket, seed, false, out var arm, out var problem);
        watch.Arm = arm;
        return problem;
    }

    private void BeginAct(Machine machine)
    {
        var act = monitored is null ? FrameFactory.Act(node, Scope, null) : FrameFactory.Of(monitored, Scope, steps);
        act.Key = NodeKey.Of(Key, Relation.Act, 0);
        act.Ready = Ready;
        act.Attempt = Attempt;
        act.Limit = Limit;
        act.WantsResult = WantsResult;
        machine.Begin(this, act);
        if (monitored is not null)
        {
            ActPublished(machine);
        }
    }

    private Watch? Find(in Ticket ticket)
    {
        foreach (var watch in _watches)
        {
            if (watch.Arm is { } arm && arm.Ticket == ticket)
            {
                return watch;
            }
        }

        return null;
    }
}
