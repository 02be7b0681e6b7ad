using IotMqtt.Protocol.Ids;

namespace IotMqtt.Protocol.Messages;

/// <summary>Whether a device is there: the payload of <c>{root}/devices/{id}/status</c>, retained, and its will.</summary>
internal sealed record DeviceStatus
{
    /// <summary>Online or offline.</summary>
    public required Presence State { get; init; }

    /// <summary>The life of the device that says so; also in its will, so that an old will is told from a new life.</summary>
    public Incarnation? Incarnation { get; init; }

    /// <summary>The generation of its ledger.</summary>
    public LedgerGeneration? Ledger { get; init; }

    /// <summary>
    /// The worker that serves its control topics, where the device has no connection of its own for them: it is as offline as its worker says,
    /// <c>{root}/workers/{worker}/status</c>.
    /// </summary>
    public Incarnation? Worker { get; init; }

    /// <summary>Whether its own connection, to the broker of its back end, stands; only of a device that has one.</summary>
    public OwnConnection? Link { get; init; }

    /// <summary>When, on the device's clock; not in a will, which is written before it is true.</summary>
    public DateTimeOffset? At { get; init; }
}
