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

    /// <summary>When, on the device's clock; not in a will, which is written before it is true.</summary>
    public DateTimeOffset? At { get; init; }
}
