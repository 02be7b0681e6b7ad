using System.Text.Json;
using IotMqtt.Containers.Tests.Images;

namespace IotMqtt.Containers.Tests;

/// <summary>The project's own images on a network: wake-up and sleep, with our broker and with Mosquitto.</summary>
public sealed class ProgramsInContainersTests
{
    public static TheoryData<string> Brokers => [ProjectImages.Broker, ProjectImages.Mosquitto];

    [Theory]
    [MemberData(nameof(Brokers))]
    public async Task Wake_up_and_sleep_run_in_the_right_order_at_the_speed_of_the_critical_path(string broker)
    {
        var token = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync(broker, "examples/fleets/home.yaml", token);

        var (wakeUpExit, wakeUp) = await deployment.RunProgramAsync("examples/programs/wake-up.yaml", token);
        var (sleepExit, sleep) = await deployment.RunProgramAsync("examples/programs/sleep.yaml", token);

        Assert.True(wakeUpExit == 0, wakeUp.ToString());
        Assert.Equal(2, wakeUp.GetProperty("registration").GetProperty("devices").GetInt32());
        AssertOrder(wakeUp, "speaker.switch-on", "speaker.play");
        AssertOverlap(wakeUp, "bedroom-light.switch-on", "speaker.switch-on");

        Assert.True(sleepExit == 0, sleep.ToString());
        Assert.Equal(3, sleep.GetProperty("registration").GetProperty("devices").GetInt32());
        AssertOrder(sleep, "toilet.flush", "toilet.clean");
        AssertOverlap(sleep, "bedroom-light.switch-off", "toilet.flush");
        AssertOverlap(sleep, "speaker.switch-off", "toilet.flush");
    }

    [Theory]
    [MemberData(nameof(Brokers))]
    public async Task Everything_at_once_is_caught_by_the_models(string broker)
    {
        var token = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync(broker, "examples/fleets/home.yaml", token);

        var (exit, report) = await deployment.RunProgramAsync("examples/programs/everything-at-once.yaml", token);

        Assert.Equal(1, exit);
        Assert.Equal("rejected", Step(report, "speaker.play").GetProperty("status").GetString());
        Assert.Equal("rejected", Step(report, "toilet.clean").GetProperty("status").GetString());
        Assert.Equal("succeeded", Step(report, "bedroom-light.switch-on").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_device_that_is_missing_ends_with_4_and_is_named()
    {
        var token = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync(ProjectImages.Broker, "tests/containers/home-without-toilet.yaml", token);

        var result = await deployment.OrchestrateAsync(token, "run", "examples/programs/sleep.yaml");

        Assert.True(result.ExitCode == 4, $"exit {result.ExitCode}: {result.Output}{result.Error}");
        Assert.Contains("2 of 3 devices are there", result.Error, StringComparison.Ordinal);
        Assert.Contains("toilet", result.Error, StringComparison.Ordinal);
    }

    private static void AssertOrder(JsonElement report, string first, string second) =>
        Assert.True(Time(report, first, "doneAt") <= Time(report, second, "publishedAt"), $"{first} was not done before {second} was published");

    private static void AssertOverlap(JsonElement report, string one, string other)
    {
        Assert.True(Time(report, one, "startedAt") < Time(report, other, "doneAt"), $"{one} waited for {other}");
        Assert.True(Time(report, other, "startedAt") < Time(report, one, "doneAt"), $"{other} waited for {one}");
    }

    private static double Time(JsonElement report, string step, string property) => Step(report, step).GetProperty(property).GetDouble();

    private static JsonElement Step(JsonElement report, string step)
    {
        var parts = step.Split('.');
        return Assert.Single(report.GetProperty("steps").EnumerateArray(), candidate =>
            candidate.GetProperty("device").GetString() == parts[0] && candidate.GetProperty("command").GetString() == parts[1]);
    }
}
