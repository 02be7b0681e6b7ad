using IotMqtt.Models.Devices;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Devices.Fleet.Links;

/// <summary>What a device says of itself on its control topics, retained: who it is, and whether it is there. It counts the device among those online.</summary>
internal sealed class DevicePresence(HostedDevice device, FleetContext fleet, bool publishesModel)
{
    private bool _isOnline;

    /// <summary>Whether it is there: a device that is not ours says so itself.</summary>
    public Presence IsThere => device.Machine.IsThere ? Presence.Online : Presence.Offline;

    /// <summary>The client id where no fleet names one. Whoever stands for a device that is not ours must not be taken for it.</summary>
    public string ClientId => $"{fleet.Options.ClientIdPrefix}{device.Id}{(device.Machine.Device.Model.IsExternal ? "-external" : "")}";

    /// <summary>Whether it counts as online.</summary>
    public bool IsOnline => Volatile.Read(ref _isOnline);

    /// <summary>What the device is.</summary>
    public IEnumerable<OutgoingMessage> Identity()
    {
        var definition = device.Machine.Device;
        var hash = ModelHash.Parse(definition.Model.Hash);
        if (publishesModel)
        {
            yield return new OutgoingMessage { Topic = fleet.Topics.Model(hash), Payload = ModelJson.Write(definition.Model), Retain = true };
        }

        yield return new OutgoingMessage
        {
            Topic = fleet.Topics.Meta(device.Id),
            Payload = MessageJson.ToUtf8(new DeviceMeta
            {
                Model = definition.Model.Name,
                Hash = hash,
                Labels = definition.Labels,
                Incarnation = fleet.Incarnation,
            }),
            Retain = true,
        };
    }

    /// <summary>Whether it is there.</summary>
    /// <param name="presence">Online or offline.</param>
    /// <param name="at">When; null in a will.</param>
    /// <param name="own">Whether its own connection stands, where it has one, and its worker speaks for it.</param>
    public OutgoingMessage Status(Presence presence, DateTimeOffset? at, OwnConnection? own = null) => new()
    {
        Topic = fleet.Topics.Status(device.Id),
        Payload = MessageJson.ToUtf8(new DeviceStatus
        {
            State = presence,
            Incarnation = fleet.Incarnation,
            Ledger = fleet.Ledger,
            Worker = own is null ? null : fleet.Incarnation,
            Link = own,
            At = at,
        }),
        Retain = true,
    };

    /// <summary>What clears all that is retained of the device, its status last; a model only where nobody else is there who may have it.</summary>
    public IEnumerable<OutgoingMessage> Nothing()
    {
        yield return Empty(fleet.Topics.State(device.Id));
        yield return Empty(fleet.Topics.Meta(device.Id));
        if (publishesModel && !fleet.Rivals.AreOthersThere)
        {
            yield return Empty(fleet.Topics.Model(ModelHash.Parse(device.Machine.Device.Model.Hash)));
        }

        yield return Empty(fleet.Topics.Status(device.Id));

        static OutgoingMessage Empty(string topic) => new() { Topic = topic, Retain = true };
    }

    /// <summary>Counts the device as online, or no longer.</summary>
    public void Set(bool online)
    {
        if (Interlocked.Exchange(ref _isOnline, online) != online)
        {
            fleet.CountOnline(online ? 1 : -1);
        }
    }

    /// <summary>The broker does not take what the device says of itself.</summary>
    public LinkFailure Refused(PublishResult result)
    {
        var message = $"The broker at {fleet.Options.Broker} refuses what {device.Id} publishes (reason code {result.ReasonCode}). Check the broker's access rules.";
        fleet.Logger.Refused(device.Id.ToString(), message);
        return new LinkFailure(LinkFailureKind.NotAuthorized, message, result.ReasonCode);
    }
}
