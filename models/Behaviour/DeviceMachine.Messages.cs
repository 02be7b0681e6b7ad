using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Behaviour.Plans;
using IotMqtt.Models.Behaviour.Queues;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.StandIns;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour;

// What the device says and hears on topics of its own. The messages that one cause brings forth leave in the order in which the model
// has them: those of the command first, then those that its change of state brings, then the replies to the message that asked for it.
internal sealed partial class DeviceMachine
{
    private static readonly Value Nothing = Value.Of(ValueMap.Empty);

    private TopicState? _topics;

    /// <summary>What it listens to on topics of its own. One whose topic cannot be computed is left out; <see cref="Start"/> says so.</summary>
    public IEnumerable<OwnSubscription> Subscriptions
    {
        get
        {
            var filters = Filters;
            for (var at = 0; at < filters.Length; at++)
            {
                if (filters[at] is { } filter)
                {
                    var definition = Own!.Receives[at].Definition;
                    yield return new OwnSubscription(filter, definition.QualityOfService, definition.WithRetained);
                }
            }

            for (var at = 0; at < _plan.Model.Online.Length; at++)
            {
                if (Topics.OnlineFilters[at] is { } filter)
                {
                    yield return new OwnSubscription(filter, _plan.Model.Online[at].QualityOfService, WithRetained: true);
                }
            }

            foreach (var rule in _code?.Rules ?? [])
            {
                yield return new OwnSubscription(rule.Filter, MessageDefinition.DefaultQualityOfService, WithRetained: false);
            }
        }
    }

    /// <summary>What the broker is to publish when the connection is lost; null: nothing of its own.</summary>
    public OwnMessage? Will(TimeSpan now) => Own?.Will is { } will ? Write(will, ValueMap.Empty, cause: null, now) : null;

    /// <summary>It has connected, for the first time or again.</summary>
    public void Connected(TimeSpan now)
    {
        foreach (var birth in Own?.Births ?? [])
        {
            Send(birth, ValueMap.Empty, now);
        }

        if (Class is { } standIn)
        {
            Turn(now, null, () => standIn.Connect(), "its code when it connects");
        }
    }

    /// <summary>
    /// A message has come on a topic of its own: every entry whose topic and condition it fits counts, in the order of the model. A condition
    /// that cannot be evaluated for a message does not fit it.
    /// </summary>
    public void Receive(in OwnMessage message, TimeSpan now)
    {
        if (_faults?.LosesReceived() == true || Handle(message, now) || Own is not { } own)
        {
            return;
        }

        TakeOnline(message, now);
        var filters = Filters;
        for (var at = 0; at < filters.Length; at++)
        {
            if (filters[at] is { } filter && TopicGrammar.Fits(filter, message.Topic))
            {
                Take(own.Receives[at], message, now);
            }
        }
    }

    private OwnPlan? Own => _plan.Own;

    private string?[] Filters => Own is null ? [] : Topics.Filters;

    private TopicState Topics => _topics ??= new TopicState
    {
        Filters = [.. Own!.Receives.Select(receive => Filter($"receives {receive.Definition.Name}", receive.Definition.Topic))],
        OnlineFilters = [.. _plan.Model.Online.Select(online => Filter("online", online.Topic))],
        SaidOnline = new bool?[_plan.Model.Online.Length],
    };

    private string? Filter(string where, ValueTemplate written)
    {
        var topic = _evaluator.Evaluate(written, Scope.ForMessage(_state, ValueMap.Empty), default);
        var problem = topic.Error ?? (topic.Value.Kind == ValueKind.Text ? TopicGrammar.ProblemOfFilter(topic.Value.AsText) : $"{topic.Value.ToJson()} is no topic");
        if (problem is not null)
        {
            _host.EvaluationFailed(where, problem);
        }

        return problem is null ? topic.Value.AsText : null;
    }

    private void Take(ReceivePlan plan, in OwnMessage message, TimeSpan now)
    {
        var receive = plan.Definition;
        if ((message.Retain && !receive.WithRetained) || PayloadCodec.TryDecode(receive.Format, message.Payload.Span, out var value) is not null)
        {
            return;
        }

        var names = Names(plan, message, value);
        if (receive.Where is { } where
            && _evaluator.EvaluateCondition(where, Scope.ForMessage(_state, names), Inputs(ref ChanceOf(plan.Index), now)) is not { Failed: false, Value.AsBoolean: true })
        {
            return;
        }

        _host.Received(message with { Entry = receive.Name, Value = value });
        var cause = new Cause(plan, message, names);
        Set(plan, names, now);
        Hear(plan, message, names, now);
        Reply(cause, names, atOnce: true, now);
        HandleByClass(receive.Name, message, value, now);
        if (receive.Do is not { } command)
        {
            Reply(cause, names, atOnce: false, now);
            return;
        }

        var arguments = receive.With is null ? Evaluation.Of(Nothing) : _evaluator.Evaluate(receive.With, Scope.ForMessage(_state, names), Inputs(ref ChanceOf(plan.Index), now));
        var request = new CommandRequest
        {
            Command = command,
            Arguments = arguments.Failed ? ValueMap.Empty : arguments.Value.AsMap,
            Malformed = arguments.Error,
        };
        Take(request, run: null, now, cause with { Arguments = request.Arguments });
    }

    private static ValueMap Names(ReceivePlan plan, in OwnMessage message, in Value value)
    {
        var names = new ValueMap.Builder();
        names.Set("value", value);
        names.Set("topic", Value.Of(message.Topic));
        if (plan.NeedsLevels)
        {
            names.Set("levels", Value.Of([.. message.Topic.Split('/').Select(Value.Of)]));
        }

        if (plan.NeedsMessage)
        {
            var properties = new ValueMap.Builder();
            foreach (var (name, text) in message.UserProperties)
            {
                properties.Set(name, Value.Of(text));
            }

            names.Set("message", Value.Of(ValueMap.Of(
                ("qos", Value.Of((long)message.QualityOfService)),
                ("retain", Value.Of(message.Retain)),
                ("responseTopic", Value.Of(message.ResponseTopic)),
                ("correlation", PayloadText.Decode(message.CorrelationData.Span)),
                ("contentType", Value.Of(message.ContentType)),
                ("properties", Value.Of(properties.Build())))));
        }

        return names.Build();
    }

    private void Set(ReceivePlan plan, ValueMap names, TimeSpan now)
    {
        var receive = plan.Definition;
        if (receive.Set.IsEmpty)
        {
            return;
        }

        var before = _state;
        var after = (Value[])before.Clone();
        foreach (var (slot, template) in receive.Set)
        {
            var property = _plan.Model.Properties[slot];
            var evaluation = _evaluator.Evaluate(template, Scope.ForMessage(before, names), Inputs(ref ChanceOf(plan.Index), now));
            var problem = evaluation.Error ?? (property.Type.Check(evaluation.Value) is { } mismatch ? $"it {mismatch}" : null);
            if (problem is not null)
            {
                // The message is at fault as likely as the model: what it asks for is left undone, and said.
                _host.EvaluationFailed($"receives {receive.Name}", $"set {property.Name}: {problem}");
                return;
            }

            after[slot] = evaluation.Value;
        }

        if (Difference(before, after) is not null)
        {
            _state = after;
            Revision++;
            _host.StateChanged();
            SendChanges(before, now);
        }
    }

    private void Reply(Cause cause, ValueMap names, bool atOnce, TimeSpan now)
    {
        var plan = cause.Plan;
        var latest = now;
        for (var at = 0; at < plan.Replies.Length; at++)
        {
            var reply = plan.Definition.Replies[at];
            if (reply.AtOnce != atOnce)
            {
                continue;
            }

            var message = plan.Replies[at];
            if (reply.Where is { } where)
            {
                var fits = _evaluator.EvaluateCondition(where, Scope.ForMessage(_state, names), Inputs(ref ChanceOf(message.Index), now));
                if (fits.Error is { } error)
                {
                    _host.EvaluationFailed(message.Where, error);
                }

                if (fits.Failed || !fits.Value.AsBoolean)
                {
                    continue;
                }
            }

            if (reply.After is { } after)
            {
                var due = now + after.Sample(ref ChanceOf(message.Index));
                latest = due > latest ? due : latest;
            }

            Send(message, names, now, latest, cause);
        }
    }

    /// <summary>A command that a message asked for has ended: what the replies to it say.</summary>
    private void Reply(CommandEntry entry, ValueMap? arguments, TimeSpan now)
    {
        var cause = entry.Cause!;
        if (cause.Then is { } then)
        {
            then(new StandInOutcome(entry.Status == CommandStatus.Succeeded, entry.Result, entry.ErrorCode, entry.ErrorMessage), now);
            return;
        }

        var names = new ValueMap.Builder(cause.Names);
        names.Set("args", Value.Of(arguments is { Count: > 0 } bound ? bound : cause.Arguments));
        names.Set("succeeded", Value.Of(entry.Status == CommandStatus.Succeeded));
        names.Set("result", entry.Result);
        names.Set("error", entry.ErrorCode is null && entry.Status == CommandStatus.Succeeded ? Value.Null : Value.Of(ValueMap.Of(
            ("code", Value.Of(entry.ErrorCode ?? entry.Status.ToString().ToLowerInvariant())), ("message", Value.Of(entry.ErrorMessage ?? "")))));
        Reply(cause, names.Build(), atOnce: false, now);
    }
}
