using IotMqtt.Engine.Running;
using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Worlds;

/// <summary>
/// A fleet's models in virtual time: no broker, no network, no waiting. A dry run is a run in it; equal seeds, equal runs.
/// </summary>
internal sealed partial class VirtualWorld : IVirtualWorld, IDeviceViews, IDeviceCatalog
{
    private readonly Dictionary<string, VirtualDevice> _devices = new(StringComparer.Ordinal);
    private readonly VirtualTimeline<VirtualDevice> _due = new();
    private readonly VirtualTimeline<Action> _events = new();
    private readonly VirtualMatchers _matchers = new();
    private readonly VirtualListeners _listeners = new();
    private readonly ExpressionEvaluator _evaluator = new();
    private readonly VirtualWorldOptions _options;
    private readonly string _run;
    private IFactSink _facts = NoFacts.Instance;
    private TimeSpan? _alarm;

    /// <summary>A fleet whose devices have just started.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="options">Seed, latency, calendar.</param>
    /// <param name="run">The name of the run.</param>
    public VirtualWorld(FleetDefinition fleet, VirtualWorldOptions? options = null, string run = "dry-run")
    {
        _options = options ?? new VirtualWorldOptions();
        _run = run;
        var machines = new DeviceMachineOptions { Origin = _options.StartedAt };
        foreach (var definition in fleet.Devices)
        {
            var device = new VirtualDevice(definition, this, _evaluator, machines, _options.Seed);
            _devices.Add(definition.Id, device);
            foreach (var (_, rule) in _options.Rules.Where(given => given.Device == definition.Id))
            {
                device.Add(rule);
            }

            device.Start(run);
            _options.Tap?.Changed(definition.Id, device.State);
            _listeners.Add(device);
            Schedule(device);
        }

        foreach (var device in _devices.Values)
        {
            device.Connected(Now);
        }
    }

    /// <inheritdoc/>
    public TimeSpan Now { get; private set; }

    /// <summary>Lets a fact happen at its time: a timeout of the run, an interruption.</summary>
    public void Schedule(Fact fact) => _events.Add(fact.At, () => _facts.Post(fact));

    /// <inheritdoc/>
    public IEnumerable<string> Ids => _devices.Keys;

    /// <summary>The devices as they are now, for the beginning of a run.</summary>
    public IEnumerable<DeviceSeen> Seen => _devices.Values.Select(static device => new DeviceSeen(device.Definition.Id, "1", "1", !device.IsAway));

    /// <inheritdoc/>
    public bool TryGet(string id, out Value device)
    {
        var isKnown = _devices.TryGetValue(id, out var found);
        device = isKnown ? found!.View : default;
        return isKnown;
    }

    /// <inheritdoc/>
    public DeviceModel? ModelOf(string device) => _devices.GetValueOrDefault(device)?.Definition.Model;

    /// <inheritdoc/>
    public bool Advance(IFactSink facts)
    {
        _facts = facts;
        var next = Earliest(_events.Next, _due.Next);
        if (next is null || _alarm < next)
        {
            if (_alarm is not { } alarm)
            {
                return false;
            }

            _alarm = null;
            Now = alarm;
            facts.Post(new Fact.Ticked(alarm));
            return true;
        }

        Now = next.Value;
        if (_events.Next == next)
        {
            _events.Take()();
            return true;
        }

        var device = _due.Take();
        if (device.Scheduled == next)
        {
            device.Scheduled = null;
            device.Advance(Now);
            Schedule(device);
        }

        return true;
    }

    /// <summary>Lets something happen later.</summary>
    internal void After(TimeSpan delay, Action happens) => _events.Add(Now + delay, happens);

    internal void Note(string what) => _options.Log?.Invoke(Now, what);

    /// <summary>A device answers; it takes its time to come back.</summary>
    internal void Answered(VirtualDevice device, UInt128 command, Acknowledgement acknowledgement)
    {
        if (_options.Latency > TimeSpan.Zero)
        {
            After(_options.Latency, () => Tell(device, command, acknowledgement));
        }
        else
        {
            Tell(device, command, acknowledgement);
        }
    }

    /// <summary>What has come to its end and is known here need not be remembered there: that is what keeps the memory of a long run small.</summary>
    private void Tell(VirtualDevice device, UInt128 command, Acknowledgement acknowledgement)
    {
        _facts.Post(new Fact.Acknowledged(Now, command, acknowledgement));
        if (acknowledgement.Status > CommandStatus.Running)
        {
            device.Settled(command);
        }
    }

    internal void WentAway(VirtualDevice device)
    {
        _facts.Post(new Fact.DeviceOffline(Now, device.Definition.Id));
        if (device.Will(Now) is { } will)
        {
            Route(will);
        }
    }

    internal void CameBack(VirtualDevice device, string ledger)
    {
        _facts.Post(new Fact.DeviceOnline(Now, device.Definition.Id, "1", ledger));
        device.Connected(Now);
    }

    /// <summary>A device that is not ours has said that it is there, or that it no longer is.</summary>
    internal void PresenceChanged(VirtualDevice device) => _facts.Post(
        device.IsReached ? new Fact.DeviceOnline(Now, device.Definition.Id, "1", device.Ledger) : new Fact.DeviceOffline(Now, device.Definition.Id));

    /// <summary>Whether a device of this world listens to a topic, beside the one that asks.</summary>
    internal bool IsHeard(VirtualDevice asking, string topic) => _listeners.For(topic).Any(device => device != asking && !device.Definition.Model.IsExternal);

    /// <summary>Does something now, or after the latency.</summary>
    private void Deliver(Action what)
    {
        if (_options.Latency > TimeSpan.Zero)
        {
            After(_options.Latency, what);
        }
        else
        {
            what();
        }
    }

    private void Schedule(VirtualDevice device)
    {
        if (device.NextDue is { } due && (device.Scheduled is not { } scheduled || due < scheduled))
        {
            device.Scheduled = due;
            _due.Add(due, device);
        }
    }

    private static TimeSpan? Earliest(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;
}
