using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Worlds;

/// <content>What its devices say, and who looks out for it.</content>
internal sealed partial class VirtualWorld
{
    internal void StateChanged(VirtualDevice device)
    {
        _options.Tap?.Changed(device.Definition.Id, device.State);
        if (_matchers.IsEmpty || device.IsAway)
        {
            return;
        }

        var topic = TopicOf(device, "state");
        Offer(_matchers.For(MatchKind.State, device.Definition.Id, null), Value.Of(device.State), topic);
        if (_matchers.LooksAtTopics)
        {
            Offer(_matchers.For(topic), device.StateMessage, topic);
        }
    }

    internal void Said(VirtualDevice device, MatchKind kind, string name, Value value)
    {
        if (_options.Tap is { } tap && !device.IsAway)
        {
            tap.Sent(Now, device.Definition.Id, new OwnMessage { Topic = TopicOf(device, $"{kind.ToString().ToLowerInvariant()}/{name}"), Payload = value.ToJsonBytes() });
        }

        if (_matchers.IsEmpty || device.IsAway)
        {
            return;
        }

        var topic = TopicOf(device, $"{kind.ToString().ToLowerInvariant()}/{name}");
        Offer(_matchers.For(kind, device.Definition.Id, name), value, topic);
        if (_matchers.LooksAtTopics)
        {
            Offer(_matchers.For(topic), value, topic);
        }
    }

    /// <summary>A device sends a message on a topic of its own.</summary>
    internal void Sent(VirtualDevice device, in OwnMessage message)
    {
        if (device.IsAway)
        {
            return;
        }

        _options.Tap?.Sent(Now, device.Definition.Id, message);
        Announce(device, MatchKind.Sent, message);
        Route(message);
    }

    /// <summary>A device has taken a message on a topic of its own.</summary>
    internal void Took(VirtualDevice device, in OwnMessage message) => Announce(device, MatchKind.Received, message);

    /// <summary>A message goes to whoever listens: matchers and devices.</summary>
    internal void Route(OwnMessage message)
    {
        var value = PayloadText.Decode(message.Payload.Span);
        if (message.Retain)
        {
            _matchers.Retain(message.Topic, value, message.Payload.IsEmpty);
        }

        if (_matchers.LooksAtTopics)
        {
            Offer(_matchers.For(message.Topic), value, message.Topic);
        }

        Carry(message);
    }

    /// <summary>A message goes to the devices that listen to its topic.</summary>
    private void Carry(OwnMessage message)
    {
        foreach (var device in _listeners.For(message.Topic))
        {
            After(_options.Latency, () =>
            {
                if (!device.IsAway)
                {
                    _options.Tap?.Received(Now, device.Definition.Id, message);

                    // A broker keeps the flag for those who subscribe later.
                    device.Receive(message with { Retain = false }, Now);
                    Schedule(device);
                }
            });
        }
    }

    private void Announce(VirtualDevice device, MatchKind kind, in OwnMessage message)
    {
        if (_matchers.IsEmpty || message.Entry is not { } entry)
        {
            return;
        }

        Offer(_matchers.For(kind, device.Definition.Id, entry), message.Value, message.Topic);
        if (_matchers.LooksAtTopics)
        {
            var topic = TopicOf(device, $"event/{(kind == MatchKind.Sent ? "sent" : "received")}/{entry}");
            Offer(_matchers.For(topic), message.Announcement(), topic);
        }
    }

    /// <summary>Later: a device is still at work, and conditions look at it.</summary>
    private void Offer(MessageMatcher[] matchers, Value value, string topic)
    {
        foreach (var matcher in matchers)
        {
            After(_options.Latency, () => Judge(matcher, value, topic));
        }
    }

    private void Arm(Effect.Arm arm)
    {
        var matcher = _matchers.Arm(arm);
        _facts.Post(new Fact.Armed(Now, arm.Ticket));
        if (!arm.WithRetained)
        {
            return;
        }

        if (arm is { Kind: MatchKind.State, Device: { } id } && _devices.TryGetValue(id, out var device))
        {
            Judge(matcher, Value.Of(device.State), TopicOf(device, "state"));
        }
        else if (arm is { Kind: MatchKind.Topic, Entry: { } filter })
        {
            foreach (var (topic, value) in _matchers.Retained(filter).Concat(RetainedStates(filter)).ToArray())
            {
                Judge(matcher, value, topic);
            }
        }
    }

    private IEnumerable<KeyValuePair<string, Value>> RetainedStates(string filter)
    {
        foreach (var device in _devices.Values)
        {
            var topic = TopicOf(device, "state");
            if (TopicGrammar.Fits(filter, topic))
            {
                yield return new(topic, device.StateMessage);
            }
        }
    }

    private string TopicOf(VirtualDevice device, string entry) => $"{_options.Root}/devices/{device.Definition.Id}/{entry}";

    private void Judge(MessageMatcher matcher, Value value, string topic)
    {
        var scope = new WorldScope(matcher.Order.Scope, this, _options.Environment) { Message = (value, topic) };
        var inputs = new ExpressionInputs(_options.StartedAt + Now, matcher.Order.Seed);
        if (matcher.Judge(Now, value, topic, _evaluator, scope, inputs) is { } learnt)
        {
            _facts.Post(learnt);
        }
    }
}
