using IotMqtt.Devices.Fleet.Links;
using IotMqtt.Devices.Loops;
using IotMqtt.Devices.Wire;
using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Devices.Fleet;

/// <summary>
/// A device of this worker: its machine, driven by the loop that it belongs to, and its link. All but the construction happens on
/// the loop.
/// </summary>
internal sealed partial class HostedDevice : IDeviceHost, ILoopMember
{
    private readonly FleetContext _fleet;
    private readonly DeviceLink _link;

    // When a rush of commands is on, how long the retained state may wait for its end, and how often that is looked at.
    private static readonly TimeSpan LongestStateWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan StateRetry = TimeSpan.FromMilliseconds(25);

    private readonly CommandSpans _spans = new();
    private bool _isWatched;
    private bool _stateIsOld;
    private TimeSpan _stateDue;
    private TimeSpan _stateOverdue = TimeSpan.MaxValue;

    public HostedDevice(DeviceDefinition definition, FleetContext fleet, EventLoop loop, bool publishesModel)
    {
        _fleet = fleet;
        Id = DeviceId.Parse(definition.Id);
        Loop = loop;
        Machine = new DeviceMachine(definition, fleet.Machine, loop.Evaluator, this, fleet.Options.Seed);
        foreach (var (_, rule) in fleet.Options.Rules.Where(given => given.Device == definition.Id))
        {
            Machine.Add(rule);
        }

        var presence = new DevicePresence(this, fleet, publishesModel);
        _link = SplitLink.IsNeeded(definition) ? new SplitLink(this, fleet, fleet.Worker, presence) : new SingleLink(this, fleet, presence);
        _link.Prepare();
    }

    public DeviceId Id { get; }

    public EventLoop Loop { get; }

    public DeviceMachine Machine { get; }

    public DeviceLink Link => _link;

    /// <summary>Whether its life is over.</summary>
    public bool IsStopped { get; private set; }

    int ILoopMember.Place { get; set; } = -1;

    TimeSpan ILoopMember.Due { get; set; }

    /// <summary>Begins its life. Once, before it connects.</summary>
    public void Start(TimeSpan now)
    {
        Machine.Start(now);
        Settle(now);
    }

    /// <summary>A command has arrived.</summary>
    public void Receive(in CommandRequest request, string? traceParent, TimeSpan now)
    {
        if (IsStopped)
        {
            return;
        }

        _fleet.Metrics.OnCommand();
        _spans.Arrived(request, traceParent);
        Machine.Receive(request, now);
        Settle(now);
    }

    /// <summary>A message has arrived on a topic of the device's own.</summary>
    public void Receive(in OwnMessage message, TimeSpan now)
    {
        if (!IsStopped)
        {
            _fleet.Options.Tap?.Received(Machine.Device.Id, message);
            Machine.Receive(message, now);
            Settle(now);
        }
    }

    /// <summary>A run looks at its own topics: what comes and goes there is said on the control plane from now on.</summary>
    public void Watch() => _isWatched = true;

    /// <summary>Somebody has not heard its state.</summary>
    public void SayState(TimeSpan now) => PublishState(now);

    /// <summary>After anything that the machine was told: what it owes its state and its clock.</summary>
    public void Settle(TimeSpan now)
    {
        if (_stateIsOld && now >= _stateDue)
        {
            FollowUp(now);
        }

        Loop.Schedule(this, IsStopped ? null : NextDue());
    }

    /// <summary>The link is there, for the first time or again: what is retained is said anew.</summary>
    public void Announce(TimeSpan now)
    {
        if (IsStopped)
        {
            return;
        }

        _link.PublishIdentity();
        PublishState(now);
        _link.PublishOnline(now);
        if (!_link.HasOwnConnection)
        {
            Machine.Connected(now);
        }

        Loop.Schedule(this, NextDue());
    }

    /// <summary>The connection for its own topics is there, for the first time or again.</summary>
    public void Born(TimeSpan now)
    {
        if (!IsStopped)
        {
            Machine.Connected(now);
            Settle(now);
        }
    }

    /// <summary>Ends its life: what has changed since the last retained state still goes out, and nothing is carried out any more.</summary>
    public void Stop(TimeSpan now)
    {
        IsStopped = true;
        if (_stateIsOld)
        {
            PublishState(now);
        }

        Loop.Schedule(this, null);
    }

    void ILoopMember.OnDue(TimeSpan now)
    {
        ComeBack(now);
        Machine.Advance(now);
        Settle(now);
    }

    void IDeviceHost.Reply(in CommandReply reply)
    {
        if (AcknowledgementEncoder.Encode(reply, _fleet.Clock) is { } message)
        {
            _fleet.Metrics.OnAcknowledged(reply.Status);
            _spans.Answered(Machine.Device.Id, reply, _fleet.Clock);
            _link.Post(message);
        }
    }

    void IDeviceHost.StateChanged() => _stateIsOld = true;

    void IDeviceHost.Telemetry(string name, Value value) => _link.Post(new OutgoingMessage
    {
        Topic = _fleet.Topics.Telemetry(Id, SignalName.Parse(name)),
        Payload = value.ToJsonBytes(),

        // The next reading makes up for a lost one.
        QualityOfService = QualityOfService.AtMostOnce,
    });

    void IDeviceHost.Event(string name, Value value) => _link.Post(new OutgoingMessage
    {
        Topic = _fleet.Topics.Event(Id, SignalName.Parse(name)),
        Payload = value.ToJsonBytes(),
    });

    void IDeviceHost.Publish(in OwnMessage message)
    {
        if (_isWatched && _stateIsOld)
        {
            // Whoever sees the message finds the state that it stands for.
            PublishState(_fleet.Clock.Now);
        }

        _fleet.Options.Tap?.Sent(Machine.Device.Id, message);
        _link.PostOwn(OwnTopics.To(message));
        if (_isWatched && message.Entry is { } entry)
        {
            _link.Post(new OutgoingMessage { Topic = _fleet.Topics.Event(Id, SignalName.Parse($"sent/{entry}")), Payload = message.Announcement().ToJsonBytes() });
        }
    }

    void IDeviceHost.Received(in OwnMessage message)
    {
        if (_isWatched)
        {
            _link.Post(new OutgoingMessage
            {
                Topic = _fleet.Topics.Event(Id, SignalName.Parse($"received/{message.Entry}")),
                Payload = message.Announcement().ToJsonBytes(),
            });
        }
    }

    bool IDeviceHost.IsHeard(string topic) => true;

    void IDeviceHost.EvaluationFailed(string where, string error)
    {
        _fleet.Options.Tap?.Failed(Machine.Device.Id, where, error);
        _fleet.ModelWrong(Machine.Device.Id, Machine.Device.Model, where, error);
    }

    private TimeSpan? NextDue()
    {
        var due = Machine.NextDue ?? TimeSpan.MaxValue;
        due = _stateIsOld && _stateDue < due ? _stateDue : due;
        due = _backAt < due ? _backAt : due;
        return due == TimeSpan.MaxValue ? null : due;
    }

    /// <summary>The state follows the acknowledgement, which has said it all; acknowledgements of others go first.</summary>
    private void FollowUp(TimeSpan now)
    {
        _stateOverdue = _stateOverdue == TimeSpan.MaxValue ? now + LongestStateWait : _stateOverdue;
        if (now < _stateOverdue && Loop.IsBusy(now))
        {
            _stateDue = now + StateRetry;
        }
        else
        {
            PublishState(now);
        }
    }

    private void PublishState(TimeSpan now)
    {
        _stateIsOld = false;
        _stateOverdue = TimeSpan.MaxValue;
        _stateDue = now + _fleet.Options.StateInterval;
        _fleet.Metrics.OnStatePublished();
        _link.Post(new OutgoingMessage
        {
            Topic = _fleet.Topics.State(Id),
            Payload = MessageJson.ToUtf8(new DeviceState
            {
                Properties = AcknowledgementEncoder.Json(Value.Of(Machine.State())),
                Revision = Machine.Revision,
                Incarnation = _fleet.Incarnation,
            }),
            Retain = true,
        });
    }
}
