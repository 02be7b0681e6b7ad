using IotMqtt.Models.Devices;

namespace IotMqtt.Engine.Running;

/// <summary>The models of the devices that a run may command. The same for all its life.</summary>
internal interface IDeviceCatalog
{
    /// <summary>The model of a device, overrides applied; null where the device or its model is not known.</summary>
    DeviceModel? ModelOf(string device);
}
