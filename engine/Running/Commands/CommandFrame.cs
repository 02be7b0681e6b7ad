using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.CriticalPath;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Commands;

/// <summary>
/// A command, from its sending until it is settled: by its terminal acknowledgement, by the answer to a query or a cancel, or as unknown
/// when a bound has passed. DESIGN section 4, "The life of a command".
/// </summary>
internal abstract partial class CommandFrame : Frame
{
    private readonly LaneTicket _lane = new();
    private Effect.Send? _send;
    private CommandPhase _phase;
    private string? _ledgerAtPublish;
    private TimeSpan? _publishedAt;
    private TimeSpan _deadline;
    private int _timer;
    private int _publishes;
    private int _unheard;
    private bool _isOverdue;
    private bool _isUnpublishable;

    /// <summary>The device.</summary>
    public abstract string Device { get; }

    /// <summary>The command.</summary>
    public abstract string Command { get; }

    /// <summary>Its id: its identity, and its attempt (rule 2).</summary>
    public UInt128 Id { get; private set; }

    /// <summary>Which one it was of all commands of the run.</summary>
    public long Sent { get; set; }

    /// <summary>Its device.</summary>
    public DeviceEntry Entry { get; private set; } = null!;

    /// <summary>Whether a device may know of it.</summary>
    private bool IsSent => _send is not null;

    public override void Halted(Machine machine)
    {
        if (!IsSent)
        {
            Interrupt(machine);
        }
        else if (machine.IsAbandoned)
        {
            GiveUp(machine, "the run no longer waited for it");
        }
        else if (Halt == Halt.Cancelling && _phase != CommandPhase.Cancelling)
        {
            Cancel(machine);
        }
    }

    public override void TimerFired(Machine machine, int tag)
    {
        _timer = 0;
        switch (_phase)
        {
            case CommandPhase.Created:
                _isUnpublishable = true;
                Cancel(machine);
                break;
            case CommandPhase.Querying:
                var away = Entry.IsOffline ? "; the device has gone offline" : "";
                GiveUp(machine, $"no answer within {Text(_deadline)}, nor to a query within {Text(machine.Options.QueryBound)}{away}");
                break;
            case CommandPhase.Cancelling when _isUnpublishable:
                GiveUp(machine, $"it could not be published within {Text(machine.Options.PublishBound)}");
                break;
            case CommandPhase.Cancelling:
                GiveUp(machine, $"no answer to its cancel within {Text(machine.Options.CancelBound)}");
                break;
            default:
                _isOverdue = true;
                Enter(machine, CommandPhase.Querying, machine.Options.QueryBound);
                machine.Emit(new Effect.Query(Id, Device, machine.Epoch));
                break;
        }
    }

    public override void Release(Machine machine)
    {
        machine.Timers.Cancel(ref _timer);
        if (IsSent)
        {
            machine.Commands.Remove(this);
        }
    }

    public override void Owe(Machine machine)
    {
        // What has been sent is sent again in its order, not in that of the frames.
        if (!IsSent)
        {
            base.Owe(machine);
        }
    }

    /// <summary>
    /// Settles it after a lost connection: by the same command again, which the device's ledger knows, or by the same question again.
    /// </summary>
    public void SendAgain(Machine machine)
    {
        switch (_phase)
        {
            case CommandPhase.Querying:
                machine.Emit(new Effect.Query(Id, Device, machine.Epoch));
                break;
            case CommandPhase.Cancelling:
                machine.Emit(new Effect.Cancel(Id, Device, machine.Epoch));
                break;
            case var _ when _send is not null:
                _publishes++;
                machine.Emit(_send with { Epoch = machine.Epoch });
                break;
            default:
                break;
        }
    }

    protected void Send(Machine machine, ValueMap arguments)
    {
        Entry = machine.Commands.Device(Device);
        if (Entry.IsOffline)
        {
            Fail(machine, "the device is offline", StepStatus.Unreachable);
            return;
        }

        Id = NodeKey.Of(Key, Relation.Command, Attempt);
        _deadline = Limit ?? (Scope.Program.StepTimeout + Entry.LongestOf(Command));
        _publishes = 1;
        _send = new Effect.Send
        {
            Id = Id,
            Device = Device,
            Command = Command,
            Arguments = arguments,
            Attempt = Attempt,
            Epoch = machine.Epoch,
            Budget = _deadline,
            Step = Ordinal,
        };
        machine.Commands.Add(this);
        _timer = machine.Timers.Set(machine.Now + machine.Options.PublishBound, this, 0, isLimit: true);
        machine.Emit(_send);
    }

    protected override RunError Error(StepStatus status, string message, string? code = null) =>
        base.Error(status, message, code) with { Device = Device, Command = Command };

    private void Cancel(Machine machine)
    {
        Enter(machine, CommandPhase.Cancelling, machine.Options.CancelBound);
        machine.Emit(new Effect.Cancel(Id, Device, machine.Epoch));
    }

    private void Enter(Machine machine, CommandPhase phase, TimeSpan? bound)
    {
        _phase = phase;
        machine.Timers.Cancel(ref _timer);
        if (bound is { } limit)
        {
            _timer = machine.Timers.Set(machine.Now + limit, this, 0, isLimit: true);
        }

        machine.Progressed(this, phase);
    }

    private static string Text(TimeSpan duration) => Models.Chance.DurationText.Format(duration);
}
