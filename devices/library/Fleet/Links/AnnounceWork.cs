using IotMqtt.Devices.Loops;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Devices.Fleet.Links;

/// <summary>A link has come up: its device says who it is.</summary>
internal sealed class AnnounceWork(HostedDevice device, MqttLink link) : ILoopWork
{
    public void Run(TimeSpan now)
    {
        if (device.Link.IsCurrent(link))
        {
            device.Announce(now);
        }
    }
}
