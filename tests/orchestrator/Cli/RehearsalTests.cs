using IotMqtt.Engine.Running;
using IotMqtt.Orchestrator.Cli.Running;
using IotMqtt.Runner.Running;

namespace IotMqtt.Orchestrator.Tests.Cli;

public sealed class RehearsalTests
{
    [Fact]
    public async Task It_goes_through_a_whole_run_without_a_broker()
    {
        var verdict = await Rehearsal.RunAsync(TimeProvider.System);

        Assert.Equal(RunStatus.Succeeded, verdict?.Status);
        Assert.Equal(3 + 4, verdict?.Steps);
    }

    [Theory]
    [InlineData("a.state.on == true", "a.state.on == 'no'")]
    [InlineData("[a.state.on].every(each => each)", "Object.keys(a.state).length > 1")]
    public async Task Expressions_are_evaluated_as_in_a_run(string holds, string fails)
    {
        var verdict = await Rehearsal.RunAsync(TimeProvider.System, ExpressionRehearsal.Program(holds, fails));

        Assert.Equal(RunStatus.Succeeded, verdict?.Status);
        Assert.Equal(1, verdict?.Caught);
    }

    [Fact]
    public async Task On_loopback_it_leaves_a_runner_that_can_run_and_be_stopped()
    {
        await using var runner = await LoopbackRehearsal.RunAsync(TimeProvider.System);

        Assert.NotNull(runner);
        Assert.True((await runner.RunAsync(Rehearsal.Program, TestContext.Current.CancellationToken)).Succeeded);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_goes_through_a_whole_run_with_nobody_looking(bool isJson) =>
        Assert.Equal(0, await SessionRehearsal.RunAsync(isJson, TimeProvider.System));
}
