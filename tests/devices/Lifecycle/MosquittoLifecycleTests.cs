using IotMqtt.Devices.Tests.Support;
using IotMqtt.Lifecycle;

namespace IotMqtt.Devices.Tests.Lifecycle;

/// <summary>The life of a command, played on a real worker over Mosquitto.</summary>
public sealed class MosquittoLifecycleTests(Mosquitto broker) : LifecycleSuite, IClassFixture<Mosquitto>
{
    private protected override Task<ILifecycleWorld> StartAsync(LifecycleCase played, CancellationToken cancellationToken) =>
        LinkWorld.StartAsync(broker.Url, played, cancellationToken);
}
