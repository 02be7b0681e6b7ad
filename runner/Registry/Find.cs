using IotMqtt.Models.Devices;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Runner.Registry;

/// <summary>What a broker retains of a device.</summary>
/// <param name="Id">Which.</param>
/// <param name="Status">Its status, if it has one.</param>
/// <param name="Meta">Its meta, if it has one.</param>
/// <param name="Model">Its model, if that is described.</param>
internal sealed record Find(DeviceId Id, DeviceStatus? Status, DeviceMeta? Meta, DeviceModel? Model)
{
    /// <summary>Whether programs can be checked against it, and run with it.</summary>
    public bool IsUsable => Status?.State == Presence.Online && Model is not null;
}
