using IotMqtt.Models.Devices;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Runner.Dispatch.Devices;

/// <summary>What is known of one device: who it is, whether it is there, and its properties. Owned by the run loop.</summary>
internal sealed class KnownDevice
{
    private Value? _asValue;

    public KnownDevice(DeviceDefinition definition)
    {
        Id = DeviceId.Parse(definition.Id);
        Name = definition.Id;
        Model = definition.Model;
        Labels = definition.Labels;
        Vars = definition.Vars;
        State = Initially(definition);
    }

    public DeviceId Id { get; }

    public string Name { get; }

    public DeviceModel Model { get; }

    public IReadOnlyDictionary<string, string> Labels { get; }

    public ValueMap Vars { get; }

    /// <summary>Null: nobody has said.</summary>
    public Presence? Presence { get; private set; }

    public Incarnation? Incarnation { get; private set; }

    /// <summary>The ledger that it has now.</summary>
    public LedgerGeneration? Ledger { get; private set; }

    public ValueMap State { get; private set; }

    public long Revision { get; private set; } = -1;

    /// <summary>The worker that serves its control topics, where it does not speak for itself.</summary>
    public Incarnation? Worker { get; private set; }

    /// <summary>Whether its own connection stands, where it has one.</summary>
    public OwnConnection? Link { get; private set; }

    /// <summary>Where it acknowledges to this orchestrator, once that is known.</summary>
    public string? ReplyTopic { get; set; }

    /// <summary>Takes what a device said when it was registered.</summary>
    public void Registered(in RegisterReply reply)
    {
        Presence = Protocol.Messages.Presence.Online;
        Lives(reply.Incarnation);
        Ledger = reply.Ledger;
    }

    /// <summary>Takes a status. An old will of a former life does not count.</summary>
    public bool TakeStatus(DeviceStatus status)
    {
        if (status.State == Protocol.Messages.Presence.Offline)
        {
            if (status.Incarnation is { } gone && Incarnation is { } now && gone != now)
            {
                return false;
            }

            var wasThere = Presence != Protocol.Messages.Presence.Offline;
            Presence = Protocol.Messages.Presence.Offline;
            return wasThere;
        }

        (Worker, Link) = (status.Worker, status.Link);
        var changed = Presence != Protocol.Messages.Presence.Online || status.Incarnation != Incarnation || status.Ledger != Ledger;
        Presence = Protocol.Messages.Presence.Online;
        if (status.Incarnation is { } incarnation)
        {
            Lives(incarnation);
        }

        Ledger = status.Ledger ?? Ledger;
        return changed;
    }

    /// <summary>Its worker is gone, and the device with it.</summary>
    /// <returns>Whether that is new.</returns>
    public bool WorkerLeft(Incarnation worker) =>
        Worker == worker && TakeStatus(new DeviceStatus { State = Protocol.Messages.Presence.Offline, Incarnation = worker });

    /// <summary>Takes all properties, as the retained state has them; what is older than what is known does not count.</summary>
    public bool TakeState(ValueMap properties, long revision, Incarnation? incarnation)
    {
        if (incarnation is { } life && life != Incarnation)
        {
            Lives(life);
        }
        else if (revision <= Revision)
        {
            return false;
        }

        Revision = revision;
        State = properties;
        _asValue = null;
        return true;
    }

    /// <summary>Takes the properties that a command changed: its acknowledgement is ahead of the retained state.</summary>
    public bool TakeChanges(ValueMap changed, long revision)
    {
        if (revision <= Revision)
        {
            return false;
        }

        Revision = revision;
        var merged = new ValueMap.Builder(State);
        foreach (var (name, value) in changed.Entries)
        {
            merged.Set(name, value);
        }

        State = merged.Build();
        _asValue = null;
        return true;
    }

    /// <summary>What an expression sees: <c>id</c>, <c>model</c>, <c>state</c>, <c>labels</c>, <c>vars</c>.</summary>
    public Value AsValue() => _asValue ??= Value.Of(ValueMap.Of(
        ("id", Value.Of(Name)),
        ("model", Value.Of(Model.Name)),
        ("state", Value.Of(State)),
        ("labels", LabelsAsValue()),
        ("vars", Value.Of(Vars))));

    private void Lives(Incarnation incarnation)
    {
        if (Incarnation != incarnation)
        {
            // Revisions count from the start again.
            Incarnation = incarnation;
            Revision = -1;
        }
    }

    private Value LabelsAsValue()
    {
        var labels = new ValueMap.Builder();
        foreach (var (name, value) in Labels)
        {
            labels.Set(name, Value.Of(value));
        }

        return Value.Of(labels.Build());
    }

    private static ValueMap Initially(DeviceDefinition definition)
    {
        var state = new ValueMap.Builder();
        foreach (var property in definition.Model.Properties)
        {
            state.Set(property.Name, definition.Initial.TryGet(property.Name, out var own) ? own : property.Initial);
        }

        return state.Build();
    }
}
