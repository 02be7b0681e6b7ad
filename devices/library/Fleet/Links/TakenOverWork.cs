using IotMqtt.Devices.Loops;

namespace IotMqtt.Devices.Fleet.Links;

/// <summary>Another client has connected with a client id of a device.</summary>
internal sealed class TakenOverWork(HostedDevice device, string clientId) : ILoopWork
{
    public void Run(TimeSpan now) => device.TakenOver(clientId, now);
}
