using System.Collections.Concurrent;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Devices.Fleet.Links;

/// <summary>
/// Other workers that host devices with the ids of this one's. Two clients with one client id throw each other out, on some brokers without a
/// word: so the statuses of devices are looked at, over the worker's own connection, and the life that began first keeps a device.
/// </summary>
internal sealed class Rivals(FleetContext fleet)
{
    private readonly ConcurrentDictionary<DeviceId, Rival> _rivals = new();
    private readonly ConcurrentDictionary<DeviceId, HostedDevice> _devices = new();
    private readonly ConcurrentDictionary<DeviceId, Incarnation> _others = new();

    /// <summary>As whom it asks.</summary>
    public ClientId Client { get; } = ClientId.Parse($"worker-{fleet.Incarnation}");

    /// <summary>Looks out for rivals of a device.</summary>
    public void Host(HostedDevice device) => _devices[device.Id] = device;

    /// <summary>Whether devices of others are under the same root, as far as is known.</summary>
    public bool AreOthersThere => !_others.IsEmpty;

    /// <summary>Whether another worker hosts it, as far as is known.</summary>
    public bool Has(DeviceId id) => _rivals.ContainsKey(id);

    /// <summary>Takes a status of any device; on the receive path.</summary>
    public void Take(DeviceId id, IncomingMessage message)
    {
        if (!MessageJson.TryParse(message.Payload.Span, out DeviceStatus? status, out _) || status.Incarnation is not { } life || life == fleet.Incarnation)
        {
            return;
        }

        if (!_devices.TryGetValue(id, out var device))
        {
            _ = status.State == Presence.Online ? _others.TryAdd(id, life) : _others.TryRemove(id, out _);
            return;
        }

        if (status.State == Presence.Online)
        {
            _rivals[id] = new Rival(life);
            if (!message.Retained && IsElder(life))
            {
                device.Loop.Post(new RivalWork(device, fleet, RivalNews.Came));
            }
        }
        else if (_rivals.TryGetValue(id, out var known) && known.Life == life && _rivals.TryRemove(id, out _))
        {
            device.Loop.Post(new RivalWork(device, fleet, RivalNews.Left));
        }
        else if (!message.Retained)
        {
            // The will of a rival that this device has thrown out is not its own status.
            device.Loop.Post(new RivalWork(device, fleet, RivalNews.SpokeForUs));
        }
    }

    /// <summary>A device of a rival has answered: it is there.</summary>
    public void Answered(DeviceId id)
    {
        if (_rivals.TryGetValue(id, out var rival))
        {
            rival.HasAnswered = true;
        }
    }

    /// <summary>Asks the rivals of devices whether they are there: what is retained may be older than they are.</summary>
    /// <returns>How many were asked.</returns>
    public int Ask()
    {
        foreach (var id in _rivals.Keys)
        {
            Ask(id);
        }

        return _rivals.Count;
    }

    /// <summary>Whether all that were asked have answered.</summary>
    public bool HaveAllAnswered => _rivals.Values.All(static rival => rival.HasAnswered);

    /// <summary>The devices whose rivals have answered; of the others it is forgotten that they ever were.</summary>
    public IReadOnlyList<HostedDevice> Present()
    {
        foreach (var (id, rival) in _rivals)
        {
            if (!rival.HasAnswered)
            {
                _rivals.TryRemove(id, out _);
            }
        }

        return [.. _rivals.Keys.Select(id => _devices[id]).OrderBy(static device => device.Id.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>Whether a rival of a device is still there; it is asked again, and must have answered when this is called the next time.</summary>
    public bool IsThere(DeviceId id)
    {
        if (!_rivals.TryGetValue(id, out var rival))
        {
            return false;
        }

        if (rival is { WasAsked: true, HasAnswered: false })
        {
            _rivals.TryRemove(id, out _);
            return false;
        }

        Ask(id);
        return true;
    }

    // A life is a UUID of version 7: they are in the order in which they began.
    private bool IsElder(Incarnation life) => string.CompareOrdinal(life.ToString(), fleet.Incarnation.ToString()) < 0;

    private void Ask(DeviceId id)
    {
        if (!_rivals.TryGetValue(id, out var rival))
        {
            return;
        }

        // What names no run registers for none, and is answered all the same.
        rival.WasAsked = true;
        rival.HasAnswered = false;
        fleet.Worker.Post(new OutgoingMessage
        {
            Topic = fleet.Topics.Control(id, ControlVerb.Register),
            Payload = "{}"u8.ToArray(),
            ResponseTopic = fleet.Topics.Ack(Client, id),
        });
    }

    private sealed class Rival(Incarnation life)
    {
        public Incarnation Life { get; } = life;

        public bool WasAsked { get; set; }

        public bool HasAnswered { get; set; }
    }
}

/// <summary>What is new of a rival.</summary>
internal enum RivalNews
{
    /// <summary>It says that it has the device, and was there first.</summary>
    Came,

    /// <summary>It is gone.</summary>
    Left,

    /// <summary>It has said of the device what is true of itself alone.</summary>
    SpokeForUs,
}

/// <summary>What is new of a rival, told to its device.</summary>
internal sealed class RivalWork(HostedDevice device, FleetContext fleet, RivalNews news) : Loops.ILoopWork
{
    public void Run(TimeSpan now)
    {
        switch (news)
        {
            case RivalNews.Came:
                device.TakenOver(fleet.Options.ClientIdPrefix + device.Id, now);
                break;
            case RivalNews.Left:
                device.RivalLeft(now);
                break;
            default:
                device.RivalLeft(now);
                device.SayOnline(now);
                break;
        }
    }
}
