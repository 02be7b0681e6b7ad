using IotMqtt.Broker;
using IotMqtt.Engine.Programs;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Registry;
using IotMqtt.Runner.Running;
using IotMqtt.Testing;

namespace IotMqtt.Runner.Tests.External;

/// <summary>The same program on every home: ours, and two of other people's devices, emulated and as they exist.</summary>
public sealed class HomesTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("home")]
    [InlineData("home-zigbee2mqtt")]
    [InlineData("home-zigbee2mqtt-external")]
    [InlineData("home-tasmota")]
    [InlineData("home-tasmota-external")]
    public void Wake_up_is_rehearsed_on_every_home(string home)
    {
        var result = ProgramRunner.DryRun(WakeUp(home), Fleet(home), cancellationToken: Token);

        Assert.Equal([], result.Verdict.Errors.Select(error => error.ToString()));
    }

    [Theory]
    [InlineData("home-zigbee2mqtt")]
    [InlineData("home-tasmota")]
    public async Task Wake_up_runs_on_an_emulated_home(string home)
    {
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Fleet(home) }, Token);
        var result = await runner.RunAsync(WakeUp(home), Token);

        Assert.Equal([], result.Verdict.Errors.Select(error => error.ToString()));
    }

    [Theory]
    [InlineData("home-zigbee2mqtt")]
    [InlineData("home-tasmota")]
    public async Task Wake_up_runs_on_a_home_that_exists(string home)
    {
        await using var broker = await MqttBroker.StartAsync(new BrokerOptions { Port = 0 }, null, Token);
        var url = BrokerUrl.Parse(broker.Endpoint.ToString());

        // The house: whoever drives it sees its own topics alone.
        var house = new ProgramRunnerOptions { Fleet = Fleet(home), Broker = url, Root = RootTopic.Parse("house"), ClientIdPrefix = "house-" };
        await using var owner = await ProgramRunner.StartAsync(house, Token);
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Fleet($"{home}-external"), Broker = url }, Token);

        var result = await runner.RunAsync(WakeUp($"{home}-external"), Token);
        var seen = await runner.RunAsync(State, Token);
        var real = await owner.RunAsync(State, Token);

        Assert.Equal([], result.Verdict.Errors.Concat(seen.Verdict.Errors).Concat(real.Verdict.Errors).Select(error => error.ToString()));
    }

    [Fact]
    public async Task A_home_that_does_not_say_that_it_is_there_is_missing()
    {
        var options = new ProgramRunnerOptions { Fleet = Fleet("home-tasmota-external"), Registration = new RegistrationOptions { Patience = TimeSpan.FromMilliseconds(800) } };
        await using var runner = await ProgramRunner.StartAsync(options, Token);

        var missing = await Assert.ThrowsAsync<OrchestratorException>(() => runner.RunAsync(WakeUp("home-tasmota-external"), Token));

        Assert.Equal(OrchestratorErrorKind.DevicesMissing, missing.Kind);
        Assert.Contains("bedroom-light", missing.Message, StringComparison.Ordinal);
        Assert.Contains("speaker", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_goes_offline_is_unreachable_and_nothing_is_sent_to_it()
    {
        await using var broker = await MqttBroker.StartAsync(new BrokerOptions { Port = 0 }, null, Token);
        var url = BrokerUrl.Parse(broker.Endpoint.ToString());
        var house = new ProgramRunnerOptions { Fleet = Fleet("home-tasmota"), Broker = url, Root = RootTopic.Parse("house"), ClientIdPrefix = "house-" };
        await using var owner = await ProgramRunner.StartAsync(house, Token);
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Fleet("home-tasmota-external"), Broker = url }, Token);
        var unplugged = Program("{ program: unplugged, steps: [ { fault: { on: bedroom-light, disconnect: true } }, { delay: 20s } ] }");
        using var plugged = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var registered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var driving = runner.RunAsync(Program("""
            program: driving
            steps:
              - until: steps.attempt.status == 'unreachable'
                timeout: 15s
                steps: [ { sequence: [ { id: attempt, do: bedroom-light.switch-on } ], catch: { delay: 100ms } } ]
            """), new ProgramRunOptions { Registered = _ => registered.SetResult() }, Token);
        await Eventually.Async("both are there", registered.Task, Token);
        var away = owner.RunAsync(unplugged, plugged.Token);

        // Its broker notices, says its will, and whoever stands for it says so: until then commands are still sent, and not answered.
        var result = await driving;
        await plugged.CancelAsync();
        await away;

        Assert.Equal([], result.Verdict.Errors.Select(error => error.ToString()));
    }

    private static DeviceProgram State { get; } =
        Program("{ program: state, steps: [ { assert: \"device('bedroom-light').state.power && speaker.state.playing && speaker.state.song.startsWith('Never')\" } ] }");

    private static DeviceProgram Program(string text) => ProgramFile.Parse(text, "program.yaml", new DiagnosticBag())!;

    private static FleetDefinition Fleet(string home) => FleetFile.Load(At("fleets", home));

    private static DeviceProgram WakeUp(string home)
    {
        var diagnostics = new DiagnosticBag();
        var loaded = ProgramLoader.Load(new ProgramLoadOptions { Path = At("programs", "wake-up"), Fleet = FleetFile.Load(At("fleets", home)) }, diagnostics);
        Assert.Empty(diagnostics.Select(diagnostic => diagnostic.ToString()));
        return loaded!.Program;
    }

    private static string At(string folder, string name) => Path.Combine(AppContext.BaseDirectory, "examples", folder, name + ".yaml");
}
