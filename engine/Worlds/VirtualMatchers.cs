using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Worlds;

/// <summary>What is armed in a virtual world, found by what it looks out for.</summary>
internal sealed class VirtualMatchers
{
    private readonly Dictionary<Ticket, Effect.Arm> _armed = [];
    private readonly Dictionary<(MatchKind Kind, string? Device, string? Entry), List<Effect.Arm>> _bySource = [];
    private readonly Dictionary<string, Value> _retained = new(StringComparer.Ordinal);

    /// <summary>Whether anything is armed at all.</summary>
    public bool IsEmpty => _armed.Count == 0;

    public void Arm(Effect.Arm arm)
    {
        Disarm(arm.Ticket);
        _armed.Add(arm.Ticket, arm);
        var source = SourceOf(arm);
        if (!_bySource.TryGetValue(source, out var arms))
        {
            _bySource.Add(source, arms = []);
        }

        arms.Add(arm);
    }

    public void Disarm(Ticket ticket)
    {
        if (_armed.Remove(ticket, out var arm) && _bySource.TryGetValue(SourceOf(arm), out var arms))
        {
            arms.Remove(arm);
            if (arms.Count == 0)
            {
                _bySource.Remove(SourceOf(arm));
            }
        }
    }

    /// <summary>Those that look out for what a device says, in the order in which they were armed.</summary>
    public Effect.Arm[] For(MatchKind kind, string device, string? entry) =>
        _bySource.TryGetValue((kind, device, entry), out var arms) ? [.. arms] : [];

    /// <summary>Those that look out for a topic.</summary>
    public Effect.Arm[] For(string topic) =>
        [.. _armed.Values.Where(arm => arm.Kind == MatchKind.Topic && TopicFilter.Fits(arm.Entry!, topic))];

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

    public IEnumerable<KeyValuePair<string, Value>> Retained(string filter) => _retained.Where(kept => TopicFilter.Fits(filter, kept.Key));

    private static (MatchKind Kind, string? Device, string? Entry) SourceOf(Effect.Arm arm) => (arm.Kind, arm.Device, arm.Entry);
}
