using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Running.Calls;
using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Engine.Worlds;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Tests.Running.Scripted;

/// <summary>A world in which everything that can happen can be made to happen, in virtual time.</summary>
internal sealed class ScriptedWorld : IVirtualWorld, IDeviceViews, IDeviceCatalog
{
    private readonly SortedDictionary<string, ScriptedDevice> _devices = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Action, (TimeSpan At, long Number)> _events = new();
    private readonly Dictionary<Ticket, MessageMatcher> _armed = [];
    private readonly Dictionary<string, Value> _retained = new(StringComparer.Ordinal);
    private readonly Dictionary<UInt128, (string Device, string Command)> _sent = [];
    private readonly HashSet<UInt128> _withdrawn = [];
    private readonly HashSet<UInt128> _granted = [];
    private readonly Dictionary<UInt128, CommandScript> _scripts = [];
    private readonly ExpressionEvaluator _evaluator = new();
    private IFactSink _facts = null!;
    private TimeSpan? _alarm;
    private long _number;

    public TimeSpan Now { get; private set; }

    /// <summary>What was performed, for traces.</summary>
    public List<string> Trace { get; } = [];

    public ValueMap Environment { get; init; } = ValueMap.Empty;

    public IEnumerable<string> Ids => _devices.Keys;

    public IEnumerable<ScriptedDevice> Devices => _devices.Values;

    public int InFlight => _devices.Values.Sum(device => device.InFlight);

    /// <summary>What calls are answered with, by URL or program, one after the other, the last again and again; null: they hang.</summary>
    public Dictionary<string, Queue<(TimeSpan After, Value? Answer)>> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>How many matchers are armed.</summary>
    public int Armed => _armed.Count;

    public IEnumerable<Effect.Send> Sends => _sends;

    private readonly List<Effect.Send> _sends = [];

    public ScriptedDevice Device(string id)
    {
        if (!_devices.TryGetValue(id, out var device))
        {
            _devices[id] = device = new ScriptedDevice(id, this);
        }

        return device;
    }

    public void At(TimeSpan at, Action happens) => _events.Enqueue(happens, (at, ++_number));

    public bool Advance(IFactSink facts)
    {
        _facts = facts;
        var hasEvent = _events.TryPeek(out _, out var next);
        if (_alarm is { } alarm && (!hasEvent || alarm < next.At))
        {
            _alarm = null;
            Now = alarm;
            facts.Post(new Fact.Ticked(alarm));
            return true;
        }

        if (!hasEvent)
        {
            return false;
        }

        Now = next.At;
        _events.Dequeue()();
        return true;
    }

    public void Perform(ReadOnlySpan<Effect> effects, IFactSink facts)
    {
        _facts = facts;
        foreach (var effect in effects)
        {
            Perform(effect);
        }
    }

    public void Post(Fact fact) => _facts.Post(fact);

    public void Say(UInt128 command, Acknowledgement acknowledgement) => Post(new Fact.Acknowledged(Now, command, acknowledgement));

    public void Retain(string topic, Value value) => _retained[topic] = value;

    /// <summary>A message comes.</summary>
    public void Message(MatchKind kind, string? device, string entry, Value value)
    {
        foreach (var (_, matcher) in _armed.ToArray())
        {
            var arm = matcher.Order;
            if (arm.Kind == kind && arm.Device == device && (kind == MatchKind.State || arm.Entry == entry))
            {
                Offer(matcher, value, entry);
            }
        }
    }

    public bool TryGet(string id, out Value device)
    {
        var found = _devices.TryGetValue(id, out var known);
        device = found ? known!.View() : default;
        return found;
    }

    public Models.Devices.DeviceModel? ModelOf(string device) => _devices.TryGetValue(device, out var known) && known.Concurrency > 1
        ? new Models.Devices.DeviceModel { Name = known.Model, Hash = "", Properties = [], Commands = [], Concurrency = known.Concurrency }
        : null;

    private void Perform(Effect effect)
    {
        switch (effect)
        {
            case Effect.Send send:
                Note($"send {send.Device}.{send.Command}{(send.Arguments.Count == 0 ? "" : " " + Value.Of(send.Arguments).ToJson())}");
                Send(send);
                break;
            case Effect.Query query:
                Note($"query {NameOf(query.Id)}");
                Reach(query.Device)?.Query(query.Id);
                break;
            case Effect.Cancel cancel:
                Note($"cancel {NameOf(cancel.Id)}");
                if (!_granted.Contains(cancel.Id))
                {
                    _withdrawn.Add(cancel.Id);
                    Post(new Fact.PublishFailed(Now, cancel.Id, PublishFailure.Withdrawn));
                }
                else
                {
                    Reach(cancel.Device)?.Cancel(cancel.Id);
                }

                break;
            case Effect.Alarm alarm:
                _alarm = alarm.At;
                break;
            case Effect.Evaluate evaluate:
                var scope = new WorldScope(evaluate.Scope, this, Environment);
                var inputs = new ExpressionInputs(DateTimeOffset.UnixEpoch + evaluate.Now, evaluate.Seed);
                Post(new Fact.Evaluated(Now, evaluate.Ticket, evaluate.Condition
                    ? _evaluator.EvaluateCondition(((ValueTemplate.Computed)evaluate.Template).Expression, scope, inputs, evaluate.Explained)
                    : _evaluator.Evaluate(evaluate.Template, scope, inputs)));
                break;
            case Effect.Select select:
                Select(select);
                break;
            case Effect.Arm arm:
                Arm(arm);
                break;
            case Effect.Recall recall:
                Post(_armed[recall.Armed].Recall(Now));
                break;
            case Effect.Disarm disarm:
                _armed.Remove(disarm.Ticket);
                break;
            case Effect.Publish publish:
                Note($"publish {publish.Topic} {System.Text.Encoding.UTF8.GetString(publish.Payload.AsSpan())}");
                Post(new Fact.Performed(Now, publish.Ticket));
                break;
            case Effect.SetFault fault:
                Note($"fault {string.Join(' ', fault.Devices)}");
                Post(new Fact.Performed(Now, fault.Ticket));
                break;
            case Effect.ClearFault clear:
                Note($"clear {string.Join(' ', clear.Devices)}");
                break;
            case Effect.Fetch fetch:
                Note($"{fetch.Method.ToLowerInvariant()} {fetch.Url}{(fetch.Body.IsEmpty ? "" : " " + System.Text.Encoding.UTF8.GetString(fetch.Body.AsSpan()))}");
                Answer(fetch.Ticket, fetch.Url);
                break;
            case Effect.Execute execute:
                Note($"exec {string.Join(' ', execute.Command)}");
                Answer(execute.Ticket, execute.Command[0]);
                break;
            case Effect.GiveUp:
                Note("give up");
                break;
            case Effect.Log log:
                Note($"log {log.Message}");
                break;
            case Effect.Ended ended:
                Note($"end {ended.Verdict.Status.ToString().ToLowerInvariant()}");
                break;
        }
    }

    private void Answer(Ticket ticket, string to)
    {
        if (!Answers.TryGetValue(to, out var answers))
        {
            Post(new Fact.Called(Now, ticket, new CallAnswer(CallOutcome.Unreachable, Value.Null, $"{to}: nobody listens there")));
            return;
        }

        var (after, answer) = answers.Count > 1 ? answers.Dequeue() : answers.Peek();
        if (answer is { } given)
        {
            At(Now + after, () => Post(new Fact.Called(Now, ticket, CallAnswer.Of(given))));
        }
    }

    private void Send(Effect.Send send)
    {
        _sends.Add(send);
        _sent[send.Id] = (send.Device, send.Command);
        if (!_scripts.TryGetValue(send.Id, out var script))
        {
            _scripts[send.Id] = script = Device(send.Device).NextScript(send.Command);
        }

        if (script.Slot > TimeSpan.Zero)
        {
            At(Now + script.Slot, () => Grant(send, script));
        }
        else
        {
            Grant(send, script);
        }
    }

    private void Grant(Effect.Send send, CommandScript script)
    {
        if (_withdrawn.Contains(send.Id))
        {
            return;
        }

        _granted.Add(send.Id);
        Post(new Fact.Published(Now, send.Id));
        if (script.Nobody)
        {
            Post(new Fact.PublishFailed(Now, send.Id, PublishFailure.NoSubscribers));
        }
        else if (!script.LoseCommand)
        {
            Reach(send.Device)?.Receive(send, script);
        }
    }

    private void Select(Effect.Select select)
    {
        var found = new List<string>();
        foreach (var device in _devices.Values)
        {
            var selection = select.Selection;
            var fits = (selection.Model is null || selection.Model == device.Model)
                && (selection.Ids.IsEmpty || selection.Ids.Contains(device.Id))
                && selection.Labels.All(label => device.Labels.GetValueOrDefault(label.Key) == label.Value);
            if (fits && select.Where is not null)
            {
                var scope = new WorldScope(select.Scope, this, Environment) { Candidate = (select.As, device.Id) };
                var holds = _evaluator.EvaluateCondition(select.Where, scope);
                if (holds.Failed)
                {
                    Post(new Fact.Selected(Now, select.Ticket, [], holds.Error));
                    return;
                }

                fits = holds.Value.AsBoolean;
            }

            if (fits)
            {
                found.Insert(0, device.Id);
            }
        }

        Post(new Fact.Selected(Now, select.Ticket, [.. found]));
    }

    private void Arm(Effect.Arm arm)
    {
        Note($"arm {arm.Kind.ToString().ToLowerInvariant()} {arm.Device}{(arm.Device is not null && arm.Entry is not null ? "." : "")}{arm.Entry}");
        var matcher = _armed[arm.Ticket] = new MessageMatcher(arm);
        Post(new Fact.Armed(Now, arm.Ticket));
        if (arm.WithRetained && arm.Kind == MatchKind.State && _devices.TryGetValue(arm.Device!, out var device))
        {
            Offer(matcher, Value.Of(device.State), "state");
        }
        else if (arm.WithRetained && arm.Entry is not null && _retained.TryGetValue(arm.Entry, out var retained))
        {
            Offer(matcher, retained, arm.Entry);
        }
    }

    private void Offer(MessageMatcher matcher, Value value, string topic)
    {
        var scope = new WorldScope(matcher.Order.Scope, this, Environment) { Message = (value, topic) };
        if (matcher.Judge(Now, value, topic, _evaluator, scope, default) is { } learnt)
        {
            Post(learnt);
        }
    }

    private ScriptedDevice? Reach(string id) => Device(id) is { IsAway: false } device ? device : null;

    private string NameOf(UInt128 id) => _sent.TryGetValue(id, out var sent) ? $"{sent.Device}.{sent.Command}" : id.ToString("x");

    public void Note(string what) => Trace.Add($"{Models.Chance.DurationText.Format(Now)} {what}");
}
