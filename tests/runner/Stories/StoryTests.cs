using System.Collections.Immutable;
using IotMqtt.Broker;
using IotMqtt.Engine.Programs;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Running;

namespace IotMqtt.Runner.Tests.Stories;

/// <summary>The cases of examples/cases: each holds for the back end as it should be, and finds each of the bugs that can be switched on.</summary>
public sealed class StoryTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("reboot-units", "reboot-manager")]
    [InlineData("door-lock", "door-keeper")]
    [InlineData("climate-pipeline", "climate-pipeline")]
    public async Task A_back_end_as_it_should_be_passes(string story, string backEnd)
    {
        var result = await RunAsync(story, backEnd, bug: null);

        Assert.Equal([], result.Verdict.Errors.Select(error => error.ToString()));
        Assert.Equal(0, result.Verdict.ExitCode);
    }

    [Theory]
    [InlineData("reboot-units", "reboot-manager", "no-retry", "value.done == 200 does not hold")]
    [InlineData("door-lock", "door-keeper", "eager", "door.order was seen and must not be")]
    [InlineData("door-lock", "door-keeper", "deaf", "door.order was seen and must not be")]
    [InlineData("climate-pipeline", "climate-pipeline", "stale", "value.mean is 18, degrees is 22")]
    [InlineData("climate-pipeline", "climate-pipeline", "text", "alarms/room-7 was seen and must not be")]
    public async Task A_bug_is_found(string story, string backEnd, string bug, string finding)
    {
        var result = await RunAsync(story, backEnd, bug);

        Assert.Equal(1, result.Verdict.ExitCode);
        Assert.Contains(result.Verdict.Errors, error => error.ToString().Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lights_wake_up_emulated_and_as_they_exist()
    {
        await using var broker = await MqttBroker.StartAsync(new BrokerOptions { Port = 0 }, null, Token);
        var url = BrokerUrl.Parse(broker.Endpoint.ToString());
        var emulated = new ProgramRunnerOptions { Fleet = Fleet("wake-up-lights", "fleet"), Broker = url, Root = Protocol.Ids.RootTopic.Parse("house"), ClientIdPrefix = "house-" };
        await using var lights = await ProgramRunner.StartAsync(emulated, Token);
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Fleet("wake-up-lights", "house"), Broker = url }, Token);

        var results = new[]
        {
            await lights.RunAsync(Program("wake-up-lights", "fleet"), Token),
            await runner.RunAsync(Program("wake-up-lights", "house"), Token),
            ProgramRunner.DryRun(Program("wake-up-lights", "house"), Fleet("wake-up-lights", "house"), cancellationToken: Token),
        };

        Assert.Equal([], results.SelectMany(result => result.Verdict.Errors).Select(error => error.ToString()));
    }

    [Fact]
    public async Task A_rollout_goes_through_or_is_taken_back()
    {
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Fleet("canary-rollout", "fleet") }, Token);

        var bad = await runner.RunAsync(Program("canary-rollout", "fleet", ("version", "2.1")), new ProgramRunOptions { Parameters = Parameters("canary-rollout", ("version", "2.1")) }, Token);
        var good = await runner.RunAsync(Program("canary-rollout", "fleet"), new ProgramRunOptions { Parameters = Parameters("canary-rollout") }, Token);

        Assert.Equal(1, bad.Verdict.ExitCode);
        Assert.Contains(bad.Verdict.Errors, error => error.ToString().Contains("2.1 was taken back", StringComparison.Ordinal));
        Assert.Equal([], good.Verdict.Errors.Select(error => error.ToString()));
    }

    private static async Task<ProgramResult> RunAsync(string story, string program, string? bug)
    {
        await using var broker = await MqttBroker.StartAsync(new BrokerOptions { Port = 0 }, null, Token);
        await using var backEnd = await BackEnd.StartAsync(program, broker.Endpoint, bug, Token);
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Fleet(story, "fleet"), Broker = BrokerUrl.Parse(broker.Endpoint.ToString()), Seed = 1 }, Token);
        (string, string)[] set = story == "door-lock" ? [] : [("api", backEnd.Url)];
        return await runner.RunAsync(Program(story, "fleet", set), new ProgramRunOptions { Parameters = Parameters(story, set) }, Token);
    }

    private static FleetDefinition Fleet(string story, string fleet) => FleetFile.Load(At(story, fleet), new FleetOptions { Seed = 1 });

    private static DeviceProgram Program(string story, string fleet, params (string Name, string Value)[] set) => Load(story, fleet, set).Program;

    private static Models.Values.ValueMap Parameters(string story, params (string Name, string Value)[] set) => Load(story, "fleet", set).Inputs.Parameters;

    private static LoadedProgram Load(string story, string fleet, (string Name, string Value)[] set)
    {
        var diagnostics = new DiagnosticBag();
        ImmutableArray<KeyValuePair<string, string>> parameters = [.. set.Select(one => KeyValuePair.Create(one.Name, one.Value))];
        var loaded = ProgramLoader.Load(new ProgramLoadOptions { Path = At(story, "program"), Fleet = Fleet(story, fleet), Set = parameters }, diagnostics);
        Assert.Empty(diagnostics.Select(diagnostic => diagnostic.ToString()));
        return loaded!;
    }

    private static string At(string story, string name) => Path.Combine(AppContext.BaseDirectory, "examples", "cases", story, name + ".yaml");
}
