using IotMqtt.Engine.Worlds;
using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Values;

namespace IotMqtt.Testing.Virtual;

/// <summary>What the devices of a virtual lab said and heard in its last run.</summary>
internal sealed class VirtualTalk(Action<string>? output) : IWorldTap
{
    private readonly Dictionary<string, ValueMap> _states = new(StringComparer.Ordinal);

    public List<LabMessage> All { get; } = [];

    public List<(string Device, bool Sent, LabMessage Message)> Ones { get; } = [];

    public ValueMap StateOf(string device) => _states.GetValueOrDefault(device, ValueMap.Empty);

    public void Received(TimeSpan at, string device, in OwnMessage message) => Note(at, device, false, message);

    public void Sent(TimeSpan at, string device, in OwnMessage message) => Note(at, device, true, message);

    public void Changed(string device, ValueMap state) => _states[device] = state;

    private void Note(TimeSpan at, string device, bool sent, in OwnMessage message)
    {
        var noted = LabMessage.From(message, at);
        Ones.Add((device, sent, noted));

        // What several devices receive has crossed the lab once.
        if (sent || All.Count == 0 || All[^1] is var last && (last.At != at || last.Topic != noted.Topic || !last.Payload.Equals(noted.Payload)))
        {
            All.Add(noted);
            output?.Invoke(noted.ToString());
        }
    }
}
