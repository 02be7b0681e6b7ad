using IotMqtt.Devices.Tests.Support;
using IotMqtt.Lifecycle;

namespace IotMqtt.Devices.Tests.Lifecycle;

/// <summary>The life of a command, played on a real worker over our broker.</summary>
public sealed class EmbeddedBrokerLifecycleTests(EmbeddedBroker broker) : LifecycleSuite, IClassFixture<EmbeddedBroker>
{
    private protected override Task<ILifecycleWorld> StartAsync(LifecycleCase played, CancellationToken cancellationToken) =>
        LinkWorld.StartAsync(broker.Url, played, cancellationToken);
}
