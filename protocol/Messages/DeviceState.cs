using IotMqtt.Protocol.Ids;

namespace IotMqtt.Protocol.Messages;

/// <summary>What a device's properties are: the payload of <c>{root}/devices/{id}/state</c>, retained.</summary>
internal sealed record DeviceState
{
    /// <summary>All properties, a JSON object.</summary>
    public required JsonText Properties { get; init; }

    /// <summary>Counts the changes within one incarnation; the higher is the newer.</summary>
    public required long Revision { get; init; }

    /// <summary>The life that the revision counts in.</summary>
    public Incarnation? Incarnation { get; init; }
}
