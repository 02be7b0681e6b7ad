using IotMqtt.Models.Behaviour.Ledger;
using IotMqtt.Models.Behaviour.Plans;
using IotMqtt.Models.Behaviour.Queues;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Faults;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour;

/// <summary>
/// One device: commands, times and chance go in; acknowledgements, changes of state, readings and events come out through its host.
/// It holds the device's side of DESIGN section 4, "The life of a command". No MQTT, no clock, no tasks: whoever drives it passes
/// the time, never lets it go backwards, calls from one thread at a time, and calls <see cref="Advance"/> at <see cref="NextDue"/>.
/// </summary>
internal sealed partial class DeviceMachine
{
    private readonly ModelPlan _plan;
    private readonly DeviceMachineOptions _options;
    private readonly ExpressionEvaluator _evaluator;
    private readonly IDeviceHost _host;
    private readonly ulong _seed;

    private Value[] _state;
    private EntryList _waiting;
    private EntryList _running;
    private TimeSpan _started;
    private TimeSpan _nextExpiry = CommandEntry.Never;

    // What most devices never need is made when it is needed.
    private CommandLedger? _ledger;
    private RunTable? _runs;
    private TelemetrySchedule? _telemetry;
    private ActiveFaults? _faults;
    private CommandChance[]? _chances;
    private DeviceScope? _scope;

    /// <summary>A device in its initial state.</summary>
    /// <param name="device">What it is.</param>
    /// <param name="options">Its bounds.</param>
    /// <param name="evaluator">Evaluates its expressions; shared by the devices that one thread drives.</param>
    /// <param name="host">Carries out what it does. It must not call back into the device while the device calls it.</param>
    /// <param name="seed">The seed of the run or the fleet; the device derives its own from it and its id.</param>
    public DeviceMachine(DeviceDefinition device, DeviceMachineOptions options, ExpressionEvaluator evaluator, IDeviceHost host, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(evaluator);
        ArgumentNullException.ThrowIfNull(host);
        Device = device;
        _plan = ModelPlan.Of(device.Model);
        _options = options;
        _evaluator = evaluator;
        _host = host;
        _seed = SeededChance.Derive(seed, device.Id);
        _state = _plan.InitialState(device.Initial);
        _code = device.Model.Code is { } create ? NewCode(create()) : null;
    }

    /// <summary>What it is.</summary>
    public DeviceDefinition Device { get; }

    /// <summary>Counts the changes of its state, from 0.</summary>
    public long Revision { get; private set; }

    /// <summary>Which ledger it has.</summary>
    public string LedgerGeneration => _options.LedgerGeneration;

    /// <summary>How many commands wait for their turn.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>How many commands are being carried out.</summary>
    public int Running => _running.Count;

    /// <summary>When it must be advanced next, if nothing arrives before; null: never.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            var next = _telemetry?.NextDue ?? CommandEntry.Never;
            for (var entry = _running.First; entry is not null; entry = entry.Next)
            {
                next = entry.Due < next ? entry.Due : next;
            }

            next = _pending?.NextDue < next ? _pending.NextDue : next;
            next = NextTimer < next ? NextTimer : next;
            next = NextLater < next ? NextLater : next;
            next = _waiting.Count > 0 && _nextExpiry < next ? _nextExpiry : next;
            return next == CommandEntry.Never ? null : next;
        }
    }

    /// <summary>The value of a property, by its slot in the model.</summary>
    public Value this[int slot] => _state[slot];

    /// <summary>Its properties now, in the order of the model.</summary>
    public ValueMap State()
    {
        var map = new ValueMap.Builder();
        for (var slot = 0; slot < _state.Length; slot++)
        {
            map.Set(_plan.Model.Properties[slot].Name, _state[slot]);
        }

        return map.Build();
    }

    /// <summary>Begins its life: its readings and the faults that its fleet gives it. Called once.</summary>
    public void Start(TimeSpan now)
    {
        _started = now;
        StartTimers(now);
        if (!_plan.Model.Telemetry.IsEmpty)
        {
            _telemetry = new TelemetrySchedule(_plan.Model.Telemetry, _seed, now);
        }

        for (var at = 0; at < Device.Faults.Length; at++)
        {
            SetFault($"fleet/{at}", Device.Faults[at]);
        }

        StartCode(now);
    }

    /// <summary>Does what is due by now.</summary>
    public void Advance(TimeSpan now)
    {
        while (true)
        {
            var entry = FirstDue(now);
            if (_pending is { } pending && pending.NextDue <= now && (entry is null || pending.NextDue <= entry.Due))
            {
                Send(pending.TakeFirst());
                continue;
            }

            if (entry is null)
            {
                break;
            }

            _running.Remove(entry);
            EndDue(entry, now);
            StartNext(now);
        }

        ExpireWaiting(now);
        RunTimers(now);
        RunLater(now);
        while (_telemetry?.Take(now) is { } due)
        {
            Report(due.Reading, due.Index, due.Count, due.Seed, now);
        }
    }

    private CommandEntry? FirstDue(TimeSpan now)
    {
        CommandEntry? first = null;
        for (var entry = _running.First; entry is not null; entry = entry.Next)
        {
            if (entry.Due <= now && (first is null || entry.Due < first.Due))
            {
                first = entry;
            }
        }

        return first;
    }

    private void Report(TelemetryDefinition reading, int index, long count, ulong seed, TimeSpan now)
    {
        var scope = Scope.ForReading(_state, (now - _telemetry!.Started).TotalSeconds, count);
        var inputs = new ExpressionInputs(_options.Origin + now, seed);
        var evaluation = Class?.Reads(reading.Name) == true ? Read(reading.Name, now) : _evaluator.Evaluate(reading.Value, scope, inputs);
        if (evaluation.Error is { } error)
        {
            _host.EvaluationFailed($"telemetry {reading.Name}", error);
        }
        else if (_faults?.LosesSent() != true)
        {
            _host.Telemetry(reading.Name, evaluation.Value);
            if (Own?.Readings[index] is { } message)
            {
                Send(message, ValueMap.Of(("value", evaluation.Value)), now);
            }
        }
    }

    private DeviceScope Scope => _scope ??= new DeviceScope(Device);
}
