using IotMqtt.Runner.Running;
using IotMqtt.Runner.Tests.Support;

namespace IotMqtt.Runner.Tests.Running;

public sealed class DryRunTests
{
    [Fact]
    public void A_dry_run_takes_exactly_its_critical_path_and_no_time()
    {
        var result = ProgramRunner.DryRun(Home.WakeUp, Home.Fleet, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(TimeSpan.FromSeconds(1), result.Verdict.Makespan);
        Assert.Equal(1, result.Verdict.Efficiency);
    }

    [Fact]
    public void A_dry_run_comes_to_the_same_verdict_as_the_devices_do()
    {
        var result = ProgramRunner.DryRun(Home.EverythingAtOnce, Home.Fleet, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            ["speaker.play rejected: the speaker is off", "toilet.clean rejected: the bowl has not been flushed"],
            result.Verdict.Errors.Select(error => error.ToString()).Order());
    }

    [Fact]
    public void A_program_that_does_not_fit_the_fleet_is_refused()
    {
        var error = Assert.Throws<OrchestratorException>(() =>
            ProgramRunner.DryRun(Home.Program("wrong", Home.Do("toaster", "toast")), Home.Fleet, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(2, error.ExitCode);
    }
}
