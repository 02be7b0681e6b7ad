using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Worlds;

/// <summary>What is armed in a virtual world, found by what it looks out for.</summary>
internal sealed class VirtualMatchers
{
    private readonly Dictionary<Ticket, MessageMatcher> _armed = [];
    private readonly Dictionary<(MatchKind Kind, string? Device, string? Entry), List<MessageMatcher>> _bySource = [];
    private readonly List<MessageMatcher> _byTopic = [];
    private readonly Dictionary<string, Value> _retained = new(StringComparer.Ordinal);

    /// <summary>Whether anything is armed at all.</summary>
    public bool IsEmpty => _armed.Count == 0;

    /// <summary>Whether anything looks out for topics.</summary>
    public bool LooksAtTopics => _byTopic.Count > 0;

    public MessageMatcher Arm(Effect.Arm arm)
    {
        Disarm(arm.Ticket);
        var matcher = new MessageMatcher(arm);
        _armed.Add(arm.Ticket, matcher);
        ListOf(arm).Add(matcher);
        return matcher;
    }

    public void Disarm(Ticket ticket)
    {
        if (_armed.Remove(ticket, out var matcher))
        {
            var others = ListOf(matcher.Order);
            others.Remove(matcher);
            if (others.Count == 0 && others != _byTopic)
            {
                _bySource.Remove(SourceOf(matcher.Order));
            }
        }
    }

    /// <summary>What a matcher has seen that did not fit.</summary>
    public Fact.Recalled Recall(Ticket ticket, TimeSpan now) =>
        _armed.TryGetValue(ticket, out var matcher) ? matcher.Recall(now) : new Fact.Recalled(now, ticket, [], 0);

    /// <summary>Those that look out for what a device says, in the order in which they were armed.</summary>
    public MessageMatcher[] For(MatchKind kind, string device, string? entry) =>
        _bySource.TryGetValue((kind, device, entry), out var matchers) ? [.. matchers] : [];

    /// <summary>Those that look out for a topic, in the order in which they were armed.</summary>
    public MessageMatcher[] For(string topic) => [.. _byTopic.Where(matcher => TopicGrammar.Fits(matcher.Order.Entry!, topic))];

    public void Retain(string topic, Value value, bool isEmpty)
    {
        if (isEmpty)
        {
            _retained.Remove(topic);
        }
        else
        {
            _retained[topic] = value;
        }
    }

    public IEnumerable<KeyValuePair<string, Value>> Retained(string filter) => _retained.Where(kept => TopicGrammar.Fits(filter, kept.Key));

    private List<MessageMatcher> ListOf(Effect.Arm arm)
    {
        if (arm.Kind == MatchKind.Topic)
        {
            return _byTopic;
        }

        if (!_bySource.TryGetValue(SourceOf(arm), out var matchers))
        {
            _bySource.Add(SourceOf(arm), matchers = []);
        }

        return matchers;
    }

    private static (MatchKind Kind, string? Device, string? Entry) SourceOf(Effect.Arm arm) => (arm.Kind, arm.Device, arm.Entry);
}
