using IotMqtt.Models.Values;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Testing.States;

/// <summary>
/// What devices said of themselves. An acknowledgement carries what a command changed, and the retained state follows it: both are taken,
/// the higher revision is the newer.
/// </summary>
internal sealed class DeviceStates
{
    private readonly Lock _gate = new();
    private readonly Dictionary<DeviceId, Known> _known = [];
    private readonly List<(DeviceId Device, Func<ValueMap, bool> Condition, TaskCompletionSource<ValueMap> Met)> _awaited = [];

    /// <summary>The devices that say that they are online.</summary>
    public IReadOnlyList<DeviceId> Online
    {
        get
        {
            lock (_gate)
            {
                return [.. _known.Where(one => one.Value.IsOnline).Select(one => one.Key)];
            }
        }
    }

    /// <summary>The properties of a device as far as they are known.</summary>
    public ValueMap Of(DeviceId device)
    {
        lock (_gate)
        {
            return _known.GetValueOrDefault(device)?.Properties ?? ValueMap.Empty;
        }
    }

    /// <summary>Whether a device says that it is online.</summary>
    public bool IsOnline(DeviceId device)
    {
        lock (_gate)
        {
            return _known.GetValueOrDefault(device)?.IsOnline ?? false;
        }
    }

    /// <summary>Ends when the properties of a device meet a condition, at once where they do. A condition that throws is not met.</summary>
    public Task<ValueMap> WhenAsync(DeviceId device, Func<ValueMap, bool> condition)
    {
        lock (_gate)
        {
            var known = _known.GetValueOrDefault(device)?.Properties ?? ValueMap.Empty;
            if (Holds(condition, known))
            {
                return Task.FromResult(known);
            }

            var met = new TaskCompletionSource<ValueMap>(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((device, condition, met));
            return met.Task;
        }
    }

    /// <summary>Nobody waits for it any more.</summary>
    public void Forget(Task<ValueMap> awaited)
    {
        lock (_gate)
        {
            _awaited.RemoveAll(one => one.Met.Task == awaited);
        }
    }

    /// <summary>Takes a message of the contract. What is malformed says nothing.</summary>
    public void Note(TopicAddress address, ReadOnlyMemory<byte> payload)
    {
        lock (_gate)
        {
            switch (address.Kind)
            {
                case TopicKind.Status:
                    Get(address.Device).IsOnline = MessageJson.TryParse(payload.Span, out DeviceStatus? status, out _) && status.State == Presence.Online;
                    break;
                case TopicKind.State when MessageJson.TryParse(payload.Span, out DeviceState? state, out _):
                    Took(address.Device, state);
                    break;
                case TopicKind.Acknowledgement when Acknowledgement.TryParse(payload, out var acknowledgement, out _):
                    Took(address.Device, acknowledgement);
                    break;
                default:
                    break;
            }
        }
    }

    private void Took(DeviceId device, DeviceState state)
    {
        var known = Get(device);
        var isAnother = state.Incarnation != known.Incarnation;
        if ((isAnother || state.Revision >= known.Revision) && TryRead(state.Properties, out var properties))
        {
            known.Incarnation = state.Incarnation;
            Became(device, known, properties, state.Revision);
        }
    }

    private void Took(DeviceId device, Acknowledgement acknowledgement)
    {
        var known = Get(device);
        if (acknowledgement.Revision is not { } revision || revision <= known.Revision || !TryRead(acknowledgement.State, out var changed))
        {
            return;
        }

        var properties = new ValueMap.Builder(known.Properties);
        foreach (var (name, value) in changed)
        {
            properties.Set(name, value);
        }

        Became(device, known, properties.Build(), revision);
    }

    private void Became(DeviceId device, Known known, ValueMap properties, long revision)
    {
        (known.Properties, known.Revision) = (properties, revision);
        for (var at = _awaited.Count - 1; at >= 0; at--)
        {
            var (whose, condition, met) = _awaited[at];
            if (whose == device && Holds(condition, properties))
            {
                met.TrySetResult(properties);
                _awaited.RemoveAt(at);
            }
        }
    }

    private Known Get(DeviceId device)
    {
        if (!_known.TryGetValue(device, out var known))
        {
            _known.Add(device, known = new Known());
        }

        return known;
    }

    private static bool TryRead(JsonText text, out ValueMap map)
    {
        map = ValueMap.Empty;
        if (text.IsAbsent || !Value.TryParseJson(text.Utf8.Span, out var value, out _) || value.Kind != ValueKind.Map)
        {
            return false;
        }

        map = value.AsMap;
        return true;
    }

    private static bool Holds(Func<ValueMap, bool> condition, ValueMap properties)
    {
        try
        {
            return condition(properties);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException)
        {
            // A property that is not known yet, or of another kind than was thought.
            return false;
        }
    }

    private sealed class Known
    {
        public ValueMap Properties { get; set; } = ValueMap.Empty;

        public long Revision { get; set; } = -1;

        public Incarnation? Incarnation { get; set; }

        public bool IsOnline { get; set; }
    }
}
