using IotMqtt.Engine.Running;
using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.StandIns;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Worlds;

/// <summary>One device of a virtual world: its model's behaviour, and what lies between it and the run.</summary>
internal sealed class VirtualDevice : IDeviceHost
{
    private readonly VirtualWorld _world;
    private readonly DeviceMachine _machine;
    private Value _view;
    private long _viewed = -1;
    private readonly List<UInt128> _settled = [];
    private int _absence;

    public VirtualDevice(DeviceDefinition device, VirtualWorld world, ExpressionEvaluator evaluator, DeviceMachineOptions options, ulong seed)
    {
        _world = world;
        _machine = new DeviceMachine(device, options, evaluator, this, seed);
        _machine.AssumeThere();
    }

    public DeviceDefinition Definition => _machine.Device;

    /// <summary>Whether it has lost its connection.</summary>
    public bool IsAway { get; private set; }

    /// <summary>Whether commands reach it: one that is not ours says itself whether it is there.</summary>
    public bool IsReached => !IsAway && _machine.IsThere;

    /// <summary>For when it is scheduled; null: for never.</summary>
    public TimeSpan? Scheduled { get; set; }

    public string Ledger => _machine.LedgerGeneration;

    public TimeSpan? NextDue => _machine.NextDue;

    /// <summary>The device as expressions see it.</summary>
    public Value View
    {
        get
        {
            if (_viewed != _machine.Revision)
            {
                _viewed = _machine.Revision;
                _view = DeviceView.Of(Definition, _machine.State());
            }

            return _view;
        }
    }

    public ValueMap State => _machine.State();

    /// <summary>Its retained state, as its topic has it.</summary>
    public Value StateMessage => Value.Of(ValueMap.Of(
        ("properties", Value.Of(_machine.State())), ("revision", Value.Of(_machine.Revision)), ("incarnation", Value.Of("1"))));

    public void Start(string run)
    {
        _machine.Start(TimeSpan.Zero);
        _machine.Announce(run, 1);
    }

    /// <summary>A rule holds from now on. Before it is listened for.</summary>
    public void Add(StandInRule rule) => _machine.Add(rule);

    public void Advance(TimeSpan now) => _machine.Advance(now);

    /// <summary>The run knows what a command came to.</summary>
    public void Settled(UInt128 command) => _settled.Add(command);

    public void Receive(Effect.Send send, string run, TimeSpan now)
    {
        // Not in the midst of an answer: the machine is busy with it then.
        foreach (var command in _settled)
        {
            _machine.Settle(new CommandKey(command));
        }

        _settled.Clear();

        // What is due at this moment is done before what arrives at it.
        _machine.Advance(now);
        _machine.Receive(
            new CommandRequest
            {
                Command = send.Command,
                Arguments = send.Arguments,
                Key = new CommandKey(send.Id),
                ReplyTo = run,
                Run = run,
                Epoch = send.Epoch,
                Attempt = send.Attempt,
                Budget = send.Budget,
            },
            now);
    }

    /// <summary>A message comes on a topic of its own.</summary>
    public void Receive(in OwnMessage message, TimeSpan now)
    {
        _machine.Advance(now);
        _machine.Receive(message, now);
    }

    /// <summary>It has connected, for the first time or again.</summary>
    public void Connected(TimeSpan now) => _machine.Connected(now);

    /// <summary>What the broker says when it is lost.</summary>
    public OwnMessage? Will(TimeSpan now) => _machine.Will(now);

    /// <summary>What it listens to on topics of its own.</summary>
    public IEnumerable<OwnSubscription> Subscriptions => _machine.Subscriptions;

    public void Query(UInt128 command, long epoch, string run, TimeSpan now)
    {
        _machine.Advance(now);
        Answer(_machine.Query(new ControlRequest { Id = new CommandKey(command), Run = run, Epoch = epoch, ReplyTo = run }, now));
    }

    public void Cancel(UInt128 command, long epoch, string run, TimeSpan now)
    {
        _machine.Advance(now);
        Answer(_machine.Cancel(new ControlRequest { Id = new CommandKey(command), Run = run, Epoch = epoch, ReplyTo = run }, now));
    }

    public void SetFault(Effect.SetFault fault) => _machine.SetFault(fault.Ticket.ToString(), fault.Fault);

    public void ClearFault(Effect.ClearFault fault) => _machine.ClearFault(fault.Ticket.ToString());

    void IDeviceHost.Reply(in CommandReply reply) => Answer(reply);

    void IDeviceHost.StateChanged() => _world.StateChanged(this);

    void IDeviceHost.Telemetry(string name, Value value) => _world.Said(this, Programs.MatchKind.Telemetry, name, value);

    void IDeviceHost.Event(string name, Value value) => _world.Said(this, Programs.MatchKind.Event, name, value);

    void IDeviceHost.Publish(in OwnMessage message) => _world.Sent(this, message);

    void IDeviceHost.Received(in OwnMessage message) => _world.Took(this, message);

    void IDeviceHost.Disconnect(TimeSpan? duration)
    {
        var absence = ++_absence;
        IsAway = true;
        _world.WentAway(this);
        if (duration is { } until)
        {
            _world.After(until, () =>
            {
                if (absence == _absence)
                {
                    ((IDeviceHost)this).Reconnect();
                }
            });
        }
    }

    void IDeviceHost.Reconnect()
    {
        if (IsAway)
        {
            _absence++;
            IsAway = false;
            _world.CameBack(this, _machine.LedgerGeneration);
        }
    }

    void IDeviceHost.PresenceChanged() => _world.PresenceChanged(this);

    bool IDeviceHost.IsHeard(string topic) => _world.IsHeard(this, topic);

    void IDeviceHost.EvaluationFailed(string where, string error) => _world.Note($"{Definition.Id}: {where}: {error}");

    private void Answer(in CommandReply? answer)
    {
        if (answer is { Key: { } key } reply && !IsAway)
        {
            _world.Answered(this, key.ToId(), new Acknowledgement
            {
                Status = reply.Status,
                Epoch = reply.Epoch,
                Result = reply.Result,
                Changed = reply.Changed,
                Accepted = reply.Accepted,
                Started = reply.Started,
                Done = reply.Done,
                ErrorCode = reply.ErrorCode,
                ErrorMessage = reply.ErrorMessage,
            });
        }
    }
}
