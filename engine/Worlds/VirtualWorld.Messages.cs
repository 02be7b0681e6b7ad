using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Worlds;

/// <content>What its devices say, and who looks out for it.</content>
public sealed partial class VirtualWorld
{
    internal void StateChanged(VirtualDevice device)
    {
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
            if (TopicFilter.Fits(filter, topic))
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
