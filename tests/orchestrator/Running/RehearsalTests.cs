using IotMqtt.Engine.Running;
using IotMqtt.Orchestrator.Running;

namespace IotMqtt.Orchestrator.Tests.Running;

public sealed class RehearsalTests
{
    [Fact]
    public async Task It_goes_through_a_whole_run_without_a_broker()
    {
        var verdict = await Rehearsal.RunAsync(TimeProvider.System);

        Assert.Equal(RunStatus.Succeeded, verdict?.Status);
        Assert.Equal(3 + 4, verdict?.Steps);
    }
}
