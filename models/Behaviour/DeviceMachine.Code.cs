using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Behaviour.Plans;
using IotMqtt.Models.Behaviour.Queues;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.StandIns;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour;

// What code in C# adds to the model: the handlers of a stand-in class, and rules that a test gives the device while it runs.
internal sealed partial class DeviceMachine
{
    private static readonly ReceivePlan ByCode = new(new ReceiveDefinition { Name = "code", Topic = new ValueTemplate.Constant(Value.Of("code")) }, 0, [], false, false);

    // What most devices do not have.
    private StandInDevice? _code;

    private StandIn? Class => _code?.Class;

    private StandInDevice NewCode(StandIn? made) => new(this, SeededChance.Derive(_seed, "code"), made);

    internal TimeSpan Started => _started;

    internal DateTimeOffset Origin => _options.Origin;

    private StandInDevice Code => _code ??= NewCode(null);

    private TimeSpan NextLater => _code?.NextLater ?? CommandEntry.Never;

    /// <summary>From now on a rule holds; the newest is looked at first.</summary>
    public void Add(StandInRule rule) => Code.Rules.Insert(0, rule);

    /// <summary>Lets code act. What it changed holds and what it did happens when it has returned; where it throws, nothing of it does.</summary>
    /// <returns>What it has thrown; null: nothing.</returns>
    internal Exception? Turn(TimeSpan now, StandInMessage? handled, Action act, string where)
    {
        var before = _state;
        var thrown = Act(now, handled, act, out var effects);
        if (thrown is not null)
        {
            _host.EvaluationFailed(where, thrown.Message);
            return thrown;
        }

        if (!ReferenceEquals(before, _state) && Difference(before, _state) is not null)
        {
            Revision++;
            _host.StateChanged();
            SendChanges(before, now);
        }

        Happen(effects, now);
        return null;
    }

    internal void Set(int slot, in Value value)
    {
        var property = _plan.Model.Properties[slot];
        if (property.Type.Check(value) is { } mismatch)
        {
            throw new ArgumentException($"{property.Name} {mismatch}");
        }

        if (ReferenceEquals(Code.Before, _state))
        {
            _state = (Value[])_state.Clone();
        }

        _state[slot] = value;
    }

    internal MessagePlan? FindSend(string name) => Own?.Find(name);

    internal void SendByName(MessagePlan plan, ValueMap arguments, TimeSpan now) => Send(plan, ValueMap.Of(("args", Value.Of(arguments))), now);

    internal void SendByCode(in OwnMessage message, TimeSpan due, TimeSpan now)
    {
        if (due > now)
        {
            (_pending ??= new PendingMessages()).Add(due, message);
        }
        else
        {
            Send(message);
        }
    }

    internal void EmitByCode(string name, in Value value, TimeSpan now)
    {
        if (_faults?.LosesSent() != true)
        {
            _host.Event(name, value);
            if (Own?.Events.GetValueOrDefault(name) is { } message)
            {
                Send(message, ValueMap.Of(("value", value)), now);
            }
        }
    }

    internal void DoByCode(string command, ValueMap arguments, Action<StandInOutcome, TimeSpan>? then, TimeSpan now)
    {
        var cause = then is null ? null : new Cause(ByCode, new OwnMessage { Topic = "" }, ValueMap.Empty) { Then = then };
        Take(new CommandRequest { Command = command, Arguments = arguments }, run: null, now, cause);
    }

    internal void DisconnectByCode(TimeSpan duration) => _host.Disconnect(duration);

    private void StartCode(TimeSpan now)
    {
        if (Class is { } standIn)
        {
            Turn(now, null, () => standIn.Start(Code), "the start of its code");
            foreach (var (every, name) in standIn.Timers)
            {
                Repeat(every, name, standIn, now);
            }
        }
    }

    private void Repeat(DurationSpec every, string name, StandIn standIn, TimeSpan now)
    {
        var chance = new SeededChance(SeededChance.Derive(_seed, "every/" + name));
        var period = Period(ref chance);
        var due = now + (period * chance.NextDouble());
        Code.Later(due, Tick);

        void Tick(TimeSpan at)
        {
            due += Period(ref chance);
            Code.Later(due > at ? due : at, Tick);
            Turn(at, null, () => standIn.Call(name), name);
        }

        TimeSpan Period(ref SeededChance drawn) => every.Sample(ref drawn) is var time && time < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : time;
    }

    private void RunLater(TimeSpan now)
    {
        while (_code?.TakeLater(now) is { } act)
        {
            act(now);
        }
    }

    /// <summary>The newest rule that a message fits handles it.</summary>
    /// <returns>Whether the model is not to see it.</returns>
    private bool Handle(in OwnMessage message, TimeSpan now)
    {
        if (_code?.Rules is not { Count: > 0 } rules)
        {
            return false;
        }

        var seen = new StandInMessage(message, PayloadText.Decode(message.Payload.Span));
        foreach (var rule in rules)
        {
            if (rule.Fits(Code, seen))
            {
                rule.Failure = Turn(now, seen, () => rule.Act(Code, seen), $"when {rule.Filter}");
                return rule.IsInstead;
            }
        }

        return false;
    }

    private void HandleByClass(string entry, in OwnMessage message, in Value value, TimeSpan now)
    {
        if (Class is { } standIn && standIn.Handles(entry))
        {
            var seen = new StandInMessage(message, value);
            Turn(now, seen, () => standIn.Receive(entry, seen), $"receives {entry}");
        }
    }

    /// <summary>Asks its code for a reading.</summary>
    private Evaluation Read(string name, TimeSpan now)
    {
        var value = Value.Null;
        return Turn(now, null, () => value = Class!.Read(name), $"telemetry {name}") is { } thrown ? Evaluation.Fail(thrown.Message) : Evaluation.Of(value);
    }

    /// <summary>Asks its code whether a command may be carried out.</summary>
    /// <returns>Why not; null: it may.</returns>
    private string? Guard(StandIn standIn, CommandEntry entry, TimeSpan now)
    {
        string? refusal = null;
        var thrown = Act(now, null, () => refusal = standIn.Guard(entry.Plan!.Definition.Name, entry.Arguments!), out _);
        return thrown?.Message ?? refusal;
    }

    /// <summary>The code of a command, when it has run its time. What it does waits until the command has been answered.</summary>
    private string? Execute(CommandEntry entry, Value[] before, TimeSpan now, out Action<TimeSpan>[] effects)
    {
        var name = entry.Plan!.Definition.Name;
        var standIn = Class!;
        var revision = Revision - (entry.Changed is null ? 0 : 1);
        var result = entry.Result;
        var thrown = Act(now, null, () => result = standIn.Carry(name, entry.Arguments!) ?? result, out effects);
        if (thrown is not null)
        {
            _state = before;
            Revision = revision;
            entry.Changed = null;
            entry.Result = default;
            return thrown.Message;
        }

        Revision = revision;
        entry.Result = result;
        Changed(entry, Difference(before, _state));
        return null;
    }

    private Exception? Act(TimeSpan now, StandInMessage? handled, Action act, out Action<TimeSpan>[] effects)
    {
        var (before, state) = (_state, Code.State);
        Code.Begin(now, handled, _state);
        try
        {
            Class?.Load(Code);
            act();
            Class?.Store(Code);
            effects = Code.End(isKept: true);
            return null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _state = before;
            Code.State = state;
            effects = Code.End(isKept: false);
            return exception;
        }
    }

    private static void Happen(Action<TimeSpan>[] effects, TimeSpan now)
    {
        foreach (var effect in effects)
        {
            effect(now);
        }
    }
}
