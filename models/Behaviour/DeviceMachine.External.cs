using System.Collections.Immutable;
using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Behaviour.Plans;
using IotMqtt.Models.Behaviour.Queues;
using IotMqtt.Models.Devices.External;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour;

// A device that is not ours. The machine stands for it: it publishes what a command is to the device, and takes from what the device says
// whether it is there, what state it is in, and whether it has done what it was told. Queue, ledger and acknowledgements are those of any device.
internal sealed partial class DeviceMachine
{
    /// <summary>Whether the device is there, as far as it is known; a device of ours always is.</summary>
    public bool IsThere => _plan.Model.Online.IsEmpty || Topics.IsThere;

    /// <summary>Takes the device for being there until it says otherwise: for a world in which nobody says so.</summary>
    public void AssumeThere()
    {
        if (!_plan.Model.Online.IsEmpty)
        {
            (Topics.IsAssumedThere, Topics.IsThere) = (true, true);
        }
    }

    private bool IsExternal => _plan.Model.IsExternal;

    /// <summary>Sends the device what a command is to it.</summary>
    private void BeginExternal(CommandEntry entry, TimeSpan now)
    {
        var definition = entry.Plan!.Definition;
        entry.Before = (Value[])_state.Clone();
        var names = ValueMap.Of(("args", Value.Of(entry.Arguments ?? ValueMap.Empty)));
        var messages = new List<OwnMessage>();
        foreach (var plan in Own!.PublishedFor(definition.Name))
        {
            if (Write(plan, names, cause: null, now, out var problem) is not { } message)
            {
                entry.Done = now;
                entry.Refuse(CommandStatus.Failed, ErrorCode.Internal, $"publish: {problem}");
                End(entry, now);
                return;
            }

            messages.Add(message);
        }

        // Where nobody can answer, waiting for the answer would be no rehearsal of anything.
        entry.IsAssumed = definition.Done is not null && !messages.Exists(message => _host.IsHeard(message.Topic));
        var delay = _faults?.Latency() ?? TimeSpan.Zero;
        foreach (var message in messages)
        {
            if (delay > TimeSpan.Zero)
            {
                (_pending ??= new PendingMessages()).Add(now + delay, message);
            }
            else
            {
                Send(message);
            }
        }

        var waits = definition.Done is { } done && !entry.IsAssumed;
        var takes = waits ? definition.Done!.Within : entry.Plan.FixedTakes ?? definition.Takes.Sample(ref Chances(entry.Plan).Takes);
        entry.Due = now + delay + takes;
        if (entry.Due <= now)
        {
            Finish(entry, now);
            return;
        }

        _running.Add(entry);
        SendPhase(entry);
    }

    /// <summary>A command has run its time: that is its end where nothing had to be heard of it.</summary>
    private void EndDue(CommandEntry entry, TimeSpan now)
    {
        if (!IsExternal || entry.IsAssumed || entry.Plan!.Definition.Done is not { } done)
        {
            Finish(entry, now);
            return;
        }

        var sought = done.Where is { } where ? $" with {where.Source}" : "";
        Fail(entry, ErrorCode.Unanswered, $"the device has not said {done.Received}{sought} within {Chance.DurationText.Format(done.Within)}; it may have done it", now);
    }

    /// <summary>The device has said something, and its state follows it: does it end a command?</summary>
    private void Hear(ReceivePlan plan, in OwnMessage message, ValueMap names, TimeSpan now)
    {
        if (!IsExternal || message.Retain)
        {
            return;
        }

        var hasEnded = false;
        for (var entry = _running.First; entry is not null;)
        {
            var next = entry.Next;
            hasEnded |= Settles(entry, plan, names, now);
            entry = next;
        }

        if (hasEnded)
        {
            StartNext(now);
        }
    }

    private bool Settles(CommandEntry entry, ReceivePlan plan, ValueMap names, TimeSpan now)
    {
        var definition = entry.Plan!.Definition;
        if (definition.Done is not { } done || entry.IsAssumed)
        {
            return false;
        }

        var said = new ValueMap.Builder(names);
        said.Set("args", Value.Of(entry.Arguments ?? ValueMap.Empty));
        var seen = said.Build();
        foreach (var failure in definition.Failures)
        {
            if (failure.Received == plan.Definition.Name && Holds(failure.Where, plan, seen, now))
            {
                _running.Remove(entry);
                Fail(entry, ErrorCode.Refused, Reason(failure, plan, seen, now), now);
                return true;
            }
        }

        if (done.Received != plan.Definition.Name || !Holds(done.Where, plan, seen, now))
        {
            return false;
        }

        _running.Remove(entry);
        entry.Said = seen;
        Finish(entry, now);
        return true;
    }

    /// <summary>A condition that cannot be evaluated for a message is not met by it.</summary>
    private bool Holds(Expression? where, ReceivePlan plan, ValueMap names, TimeSpan now) => where is null
        || _evaluator.EvaluateCondition(where, Scope.ForMessage(_state, names), Inputs(ref ChanceOf(plan.Index), now)) is { Failed: false, Value.AsBoolean: true };

    private string Reason(FailedDefinition failure, ReceivePlan plan, ValueMap names, TimeSpan now)
    {
        var said = failure.Error is { } error ? _evaluator.Evaluate(error, Scope.ForMessage(_state, names), Inputs(ref ChanceOf(plan.Index), now)) : default;
        return failure.Error is null || said.Failed ? $"the device says {SeenValues.Short(names["value"])}"
            : said.Value.Kind == ValueKind.Text ? said.Value.AsText
            : said.Value.ToJson();
    }

    private void Fail(CommandEntry entry, string code, string message, TimeSpan now)
    {
        entry.Done = now;
        entry.Refuse(CommandStatus.Failed, code, message);
        SayChanges(entry);
        End(entry, now);
    }

    /// <summary>What the device has said of itself since the command was sent is what the command has changed.</summary>
    private void SayChanges(CommandEntry entry)
    {
        if (entry.Before is { } before)
        {
            entry.Changed = Difference(before, _state);
            entry.Before = null;
        }
    }

    /// <summary>Nobody could say that it was done: it is taken as done, with what its model sets and as far as that can be computed.</summary>
    private void Assume(CommandEntry entry, TimeSpan now)
    {
        var definition = entry.Plan!.Definition;
        var after = (Value[])_state.Clone();
        ref var chance = ref Chances(entry.Plan).Effects;
        foreach (var (slot, template) in definition.Set)
        {
            var evaluation = _evaluator.Evaluate(template, Scope.ForCommand(_state, entry.Arguments ?? ValueMap.Empty), Inputs(ref chance, now));
            if (!evaluation.Failed && _plan.Model.Properties[slot].Type.Check(evaluation.Value) is null)
            {
                after[slot] = evaluation.Value;
            }
        }

        Revision += Difference(_state, after) is null ? 0 : 1;
        _state = after;
        if (definition.Result is { } result
            && _evaluator.Evaluate(result, Scope.ForCommand(_state, entry.Arguments ?? ValueMap.Empty), Inputs(ref chance, now)) is { Failed: false } computed)
        {
            entry.Result = computed.Value;
        }
    }

    private void TakeOnline(in OwnMessage message, TimeSpan now)
    {
        if (_plan.Model.Online.IsEmpty)
        {
            return;
        }

        var topics = Topics;
        var filters = topics.OnlineFilters;
        for (var at = 0; at < filters.Length; at++)
        {
            var online = _plan.Model.Online[at];
            if (filters[at] is not { } filter || !TopicGrammar.Fits(filter, message.Topic)
                || PayloadCodec.TryDecode(online.Format, message.Payload.Span, out var value) is not null)
            {
                continue;
            }

            var names = ValueMap.Of(("value", value), ("topic", Value.Of(message.Topic)), ("levels", Value.Of([.. message.Topic.Split('/').Select(Value.Of)])));
            var said = online.Where is { } where ? _evaluator.EvaluateCondition(where, Scope.ForMessage(_state, names), new ExpressionInputs(_options.Origin + now, 0)) : Evaluation.Of(Value.True);
            if (!said.Failed)
            {
                topics.SaidOnline[at] = said.Value.AsBoolean;
            }
        }

        var isThere = !topics.SaidOnline.Contains(false) && (topics.IsAssumedThere || topics.SaidOnline.Contains(true));
        if (isThere != topics.IsThere)
        {
            topics.IsThere = isThere;
            _host.PresenceChanged();
        }
    }
}
