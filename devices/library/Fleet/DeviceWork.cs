using IotMqtt.Devices.Loops;

namespace IotMqtt.Devices.Fleet;

/// <summary>A turn in the life of a device, on its loop.</summary>
internal sealed class DeviceWork(HostedDevice device, Action<HostedDevice, TimeSpan> turn) : ILoopWork
{
    public static readonly Action<HostedDevice, TimeSpan> Start = static (device, now) => device.Start(now);

    public static readonly Action<HostedDevice, TimeSpan> Stop = static (device, now) => device.Stop(now);

    public void Run(TimeSpan now) => turn(device, now);
}
