using IotMqtt.Lifecycle;

namespace IotMqtt.Models.Tests.Behaviour;

/// <summary>The life of a command, played on a bare device in virtual time.</summary>
public sealed class LifecycleTests : LifecycleSuite
{
    private protected override Task<ILifecycleWorld> StartAsync(LifecycleCase played, CancellationToken cancellationToken) =>
        Task.FromResult<ILifecycleWorld>(new VirtualWorld(played));
}
