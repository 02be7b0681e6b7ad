using System.Collections.Immutable;
using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Behaviour.Plans;
using IotMqtt.Models.Behaviour.Queues;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour;

// What it sends on topics of its own: when a command is done, when its state changes, by the clock, in reply.
internal sealed partial class DeviceMachine
{
    private PendingMessages? _pending;
    private long[]? _counts;
    private SeededChance[]? _messageChances;
    private TimeSpan[]? _timers;

    /// <summary>Sends what a command sends when it is done, and what the change of state brings.</summary>
    private void SendMessages(CommandPlan plan, ValueMap arguments, Value[]? before, TimeSpan now)
    {
        foreach (var name in plan.Definition.Sends)
        {
            Send(Own!.Find(name)!, ValueMap.Of(("args", Value.Of(arguments))), now);
        }

        if (before is not null)
        {
            SendChanges(before, now);
        }
    }

    private void SendChanges(Value[] before, TimeSpan now)
    {
        foreach (var (send, message) in Own?.OnChange ?? [])
        {
            if (send.OnChange.Any(slot => before[slot] != _state[slot]))
            {
                Send(message, ValueMap.Of(("args", Nothing)), now);
            }
        }
    }

    private void StartTimers(TimeSpan now)
    {
        _ = Filters;
        if (Own is { Timed.Length: > 0 } own)
        {
            // The first comes within one period, so that a fleet does not speak in step.
            _timers = [.. own.Timed.Select(timed => now + (Period(timed.Send, timed.Message) * ChanceOf(timed.Message.Index).NextDouble()))];
        }
    }

    private TimeSpan NextTimer => _timers is null ? CommandEntry.Never : _timers.Min();

    private void RunTimers(TimeSpan now)
    {
        for (var at = 0; at < (_timers?.Length ?? 0); at++)
        {
            if (_timers![at] <= now)
            {
                var (send, message) = Own!.Timed[at];
                var period = Period(send, message);
                _timers[at] = _timers[at] + period > now ? _timers[at] + period : now + period;
                Send(message, ValueMap.Of(("args", Nothing)), now);
            }
        }
    }

    private TimeSpan Period(SendDefinition send, MessagePlan message)
    {
        var period = send.Every!.Sample(ref ChanceOf(message.Index));
        return period < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : period;
    }

    private void Send(MessagePlan plan, ValueMap names, TimeSpan now) => Send(plan, names, now, now, cause: null);

    private void Send(MessagePlan plan, ValueMap names, TimeSpan now, TimeSpan due, Cause? cause)
    {
        if (Write(plan, names, cause, now) is not { } message)
        {
            return;
        }

        if (due > now)
        {
            (_pending ??= new PendingMessages()).Add(due, message);
        }
        else
        {
            Send(message);
        }
    }

    private void Send(in OwnMessage message)
    {
        if (_faults?.LosesSent() == true)
        {
            return;
        }

        _host.Publish(message);
        if (_faults?.Duplicates() == true)
        {
            _host.Publish(message);
        }
    }

    private OwnMessage? Write(MessagePlan plan, ValueMap names, Cause? cause, TimeSpan now) => Write(plan, names, cause, now, out _);

    private OwnMessage? Write(MessagePlan plan, ValueMap names, Cause? cause, TimeSpan now, out string? problem)
    {
        _counts ??= new long[Own!.Count];
        var count = _counts[plan.Index]++;
        var definition = plan.Definition;
        var scope = Scope.ForMessage(_state, names, count, (now - _started).TotalSeconds);
        var inputs = Inputs(ref ChanceOf(plan.Index), now);
        problem = null;
        var topic = definition.Topic is { } written ? Text(written, scope, inputs, ref problem) : cause?.Message.ResponseTopic;
        var payload = definition.Payload is { } content ? Checked(_evaluator.Evaluate(content, scope, inputs), ref problem) : Value.Of("");
        var contentType = definition.ContentType is { } type ? Text(type, scope, inputs, ref problem) : null;
        var properties = definition.UserProperties.IsEmpty ? [] : UserProperties(definition, scope, inputs, ref problem);
        byte[] bytes = [];
        problem ??= topic is null ? "the message that it answers has no Response Topic, and it names no topic" : TopicGrammar.ProblemOfName(topic);
        problem ??= PayloadCodec.TryEncode(definition.Format, payload, out bytes);
        if (problem is not null)
        {
            _host.EvaluationFailed(plan.Where, problem);
            return null;
        }

        return new OwnMessage
        {
            Topic = topic!,
            Payload = bytes,
            QualityOfService = definition.QualityOfService,
            Retain = definition.Retain,
            CorrelationData = cause?.Message.CorrelationData ?? default,
            ContentType = contentType,
            UserProperties = properties,
            Expiry = definition.Expiry,
            Entry = plan.Entry,
            Value = payload,
        };
    }

    private ImmutableArray<KeyValuePair<string, string>> UserProperties(
        MessageDefinition definition, DeviceScope scope, in ExpressionInputs inputs, ref string? problem)
    {
        var properties = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>(definition.UserProperties.Length);
        foreach (var (name, template) in definition.UserProperties)
        {
            properties.Add(KeyValuePair.Create(name, Text(template, scope, inputs, ref problem) ?? ""));
        }

        return properties.DrainToImmutable();
    }

    private string? Text(ValueTemplate template, DeviceScope scope, in ExpressionInputs inputs, ref string? problem)
    {
        var value = Checked(_evaluator.Evaluate(template, scope, inputs), ref problem);
        return value.IsNull ? null : value.Kind == ValueKind.Text ? value.AsText : value.ToJson();
    }

    private static Value Checked(in Evaluation evaluation, ref string? problem)
    {
        problem ??= evaluation.Error;
        return evaluation.Failed ? default : evaluation.Value;
    }

    /// <summary>Each message, sent or received, has chance of its own.</summary>
    private ref SeededChance ChanceOf(int message)
    {
        _messageChances ??= [.. Enumerable.Range(0, Own!.Count).Select(index => new SeededChance(SeededChance.Derive(_seed, $"message/{index}")))];
        return ref _messageChances[message];
    }
}
