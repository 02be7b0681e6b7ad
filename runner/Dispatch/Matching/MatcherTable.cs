using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Worlds;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Dispatch.Devices;
using IotMqtt.Runner.Dispatch.Expressions;
using IotMqtt.Runner.Dispatch.Timing;

namespace IotMqtt.Runner.Dispatch.Matching;

/// <summary>
/// Looks out for messages. A matcher is armed when the broker has answered its subscription: what is published from then on is
/// seen. Exact topics are looked up; only filters with wildcards are tried one after the other. Owned by the run loop.
/// </summary>
internal sealed class MatcherTable(
    Topics topics, DeviceDirectory devices, RunEvaluator evaluator, Subscriber subscriber, RunClock clock, IFactSink facts)
{
    private readonly Dictionary<Ticket, Matcher> _matchers = [];
    private readonly Dictionary<string, List<Matcher>> _byTopic = new(StringComparer.Ordinal);
    private readonly List<Matcher> _withWildcards = [];

    public void Arm(Effect.Arm order)
    {
        Disarm(order.Ticket);
        if (!TryMakeFilter(order, out var filter, out var error))
        {
            facts.Post(new Fact.Armed(clock.Now, order.Ticket, error));
            return;
        }

        var matcher = new Matcher(new MessageMatcher(order), filter);
        _matchers.Add(order.Ticket, matcher);
        Index(matcher);
        if (matcher.IsState)
        {
            // The run listens to the states of its devices from its start to its end.
            ArmState(matcher);
        }
        else
        {
            subscriber.Subscribe(order.Ticket, filter);
        }
    }

    /// <summary>The broker has answered.</summary>
    public void Subscribed(Ticket ticket, string? failure)
    {
        if (_matchers.ContainsKey(ticket))
        {
            facts.Post(new Fact.Armed(clock.Now, ticket, failure));
        }
    }

    /// <summary>Says what a matcher has seen that did not fit.</summary>
    public void Recall(Ticket ticket) => facts.Post(_matchers.TryGetValue(ticket, out var matcher)
        ? matcher.Judge.Recall(clock.Now)
        : new Fact.Recalled(clock.Now, ticket, [], 0));

    public void Disarm(Ticket ticket)
    {
        if (!_matchers.Remove(ticket, out var matcher))
        {
            return;
        }

        var others = ListOf(matcher.Filter);
        others.Remove(matcher);
        if (others.Count == 0 && others != _withWildcards)
        {
            _byTopic.Remove(matcher.Filter);
        }

        if (!matcher.IsState)
        {
            subscriber.Unsubscribe(matcher.Filter);
        }
    }

    /// <summary>A message came, on whatever topic.</summary>
    public void Take(IncomingMessage message)
    {
        if (_matchers.Count == 0)
        {
            return;
        }

        Value? value = null;
        if (_byTopic.TryGetValue(message.Topic, out var exact))
        {
            foreach (var matcher in exact)
            {
                Judge(matcher, message, value ??= PayloadText.Decode(message.Payload.Span));
            }
        }

        foreach (var matcher in _withWildcards)
        {
            if (TopicGrammar.Fits(matcher.Filter, message.Topic))
            {
                Judge(matcher, message, value ??= PayloadText.Decode(message.Payload.Span));
            }
        }
    }

    /// <summary>The properties of a device changed, as an acknowledgement or its state said.</summary>
    public void StateChanged(KnownDevice device, bool isReplay)
    {
        if (_matchers.Count > 0 && _byTopic.TryGetValue(topics.State(device.Id), out var matchers))
        {
            foreach (var matcher in matchers)
            {
                if (matcher.IsState && matcher.Takes(isReplay))
                {
                    Judge(matcher, Value.Of(device.State), matcher.Filter);
                }
            }
        }
    }

    private void ArmState(Matcher matcher)
    {
        facts.Post(new Fact.Armed(clock.Now, matcher.Order.Ticket));
        if (matcher.Order.WithRetained)
        {
            Judge(matcher, Value.Of(devices.Find(matcher.Order.Device!)!.State), matcher.Filter);
        }
    }

    private void Judge(Matcher matcher, IncomingMessage message, in Value value)
    {
        if (matcher.IsState || !matcher.Takes(message.Retained) || !subscriber.IsFor(message, matcher.Filter))
        {
            return;
        }

        if (matcher.Judge.Order.Kind is not (MatchKind.Received or MatchKind.Sent))
        {
            Judge(matcher, value, message.Topic);
        }
        else if (value.Kind == ValueKind.Map && value.AsMap.TryGet("value", out var own) && value.AsMap.TryGet("topic", out var topic) && topic.Kind == ValueKind.Text)
        {
            // The device has said what came or went, and on which of its topics.
            Judge(matcher, own, topic.AsText);
        }
    }

    private void Judge(Matcher matcher, in Value value, string topic)
    {
        var names = ValueMap.Of(("value", value), ("topic", Value.Of(topic)));
        if (evaluator.Judge(matcher.Judge, value, topic, names, clock.Now) is { } learnt)
        {
            facts.Post(learnt);
        }
    }

    private void Index(Matcher matcher)
    {
        if (!TopicGrammar.HasWildcards(matcher.Filter))
        {
            _byTopic.TryAdd(matcher.Filter, []);
        }

        ListOf(matcher.Filter).Add(matcher);
    }

    private List<Matcher> ListOf(string filter) => TopicGrammar.HasWildcards(filter) ? _withWildcards : _byTopic[filter];

    private bool TryMakeFilter(Effect.Arm order, out string filter, out string? error)
    {
        filter = order.Entry ?? "";
        error = null;
        if (order.Kind == MatchKind.Topic)
        {
            return true;
        }

        if (order.Device is null || devices.Find(order.Device) is not { } device)
        {
            error = $"there is no device \"{order.Device}\"";
            return false;
        }

        if (order.Kind == MatchKind.State)
        {
            filter = topics.State(device.Id);
            return true;
        }

        if (!SignalName.TryParse(order.Entry, out var signal))
        {
            error = $"\"{order.Entry}\" is no name of a reading or an event";
            return false;
        }

        filter = order.Kind switch
        {
            MatchKind.Telemetry => topics.Telemetry(device.Id, signal),
            MatchKind.Received => topics.Event(device.Id, SignalName.Parse($"received/{signal}")),
            MatchKind.Sent => topics.Event(device.Id, SignalName.Parse($"sent/{signal}")),
            _ => topics.Event(device.Id, signal),
        };
        return true;
    }
}
