using IotMqtt.Models.Devices.Messages;

namespace IotMqtt.Engine.Worlds;

/// <summary>Which devices of a virtual world listen to which topics of their own.</summary>
internal sealed class VirtualListeners
{
    private readonly Dictionary<string, List<VirtualDevice>> _byTopic = new(StringComparer.Ordinal);
    private readonly List<(string Filter, VirtualDevice Device)> _withWildcards = [];

    public void Add(VirtualDevice device)
    {
        foreach (var (filter, _, _) in device.Subscriptions)
        {
            if (TopicGrammar.HasWildcards(filter))
            {
                _withWildcards.Add((filter, device));
            }
            else if (_byTopic.TryGetValue(filter, out var devices))
            {
                if (!devices.Contains(device))
                {
                    devices.Add(device);
                }
            }
            else
            {
                _byTopic.Add(filter, [device]);
            }
        }
    }

    /// <summary>The devices that a message of this topic goes to, each once.</summary>
    public IEnumerable<VirtualDevice> For(string topic)
    {
        var exact = _byTopic.GetValueOrDefault(topic) ?? [];
        return _withWildcards.Count == 0
            ? exact
            : exact.Concat(_withWildcards.Where(listener => TopicGrammar.Fits(listener.Filter, topic)).Select(listener => listener.Device)).Distinct();
    }
}
