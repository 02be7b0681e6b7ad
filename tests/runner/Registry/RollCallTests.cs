using IotMqtt.Broker;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Registry;
using IotMqtt.Runner.Running;
using IotMqtt.Runner.Tests.Support;
using IotMqtt.Testing;

namespace IotMqtt.Runner.Tests.Registry;

/// <summary>Who is waited for before a run, and for how long.</summary>
public sealed class RollCallTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);
    private MqttBroker _broker = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _broker = await MqttBroker.StartAsync(new BrokerOptions { Port = 0 }, null, Token);

    public async ValueTask DisposeAsync() => await _broker.DisposeAsync();

    [Fact]
    public async Task Who_has_refused_is_not_waited_for()
    {
        await using var rig = await StartAsync("a", "b");
        rig.Registration = new RegistrationOptions { Patience = TimeSpan.FromHours(1) };
        rig["b"].Refusal = "busy elsewhere";

        var error = await Assert.ThrowsAsync<OrchestratorException>(() => rig.RunAsync(Token, Rig.Do("a")));

        Assert.Equal(4, error.ExitCode);
        Assert.StartsWith("1 of 2 devices is there; missing: b (refused: busy elsewhere)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fleet_that_still_starts_is_waited_for_beyond_any_patience()
    {
        await using var rig = await StartAsync("a");
        var start = new TaskCompletionSource();
        rig.Registration = new RegistrationOptions { Patience = Soon };
        rig.FleetStarted = start.Task;
        var running = rig.RunAsync(["a", "late"], new ProgramRunOptions(), TimeSpan.FromSeconds(30), Token, Rig.Do("a"));

        // However long this takes, the run has to wait.
        await Task.Delay(Soon * 4, TimeProvider.System, Token);
        Assert.False(running.IsCompleted);
        await rig.AddAsync("late", Token);
        start.SetResult();

        Assert.Equal(2, (await running).Registration.Devices);
    }

    [Fact]
    public async Task A_fleet_that_cannot_start_ends_the_wait()
    {
        await using var rig = await StartAsync("a");
        rig.Registration = new RegistrationOptions { Patience = TimeSpan.FromHours(1) };
        rig.FleetStarted = Task.FromException(new OrchestratorException(OrchestratorErrorKind.InvalidInput, "too many"));

        var error = await Assert.ThrowsAsync<OrchestratorException>(
            () => rig.RunAsync(["a", "b"], new ProgramRunOptions(), TimeSpan.FromSeconds(30), Token, Rig.Do("a")));

        Assert.Equal(2, error.ExitCode);
    }

    [Fact]
    public async Task A_device_that_is_asked_twice_counts_once()
    {
        await using var rig = await StartAsync("a");
        rig["a"].IsAnsweringControl = false;
        var running = rig.RunAsync(["a", "b"], new ProgramRunOptions(), TimeSpan.FromSeconds(30), Token, Rig.Do("a"));
        await Eventually.Async("a is asked", () => rig["a"].Controls.Count == 1, Token);
        rig["a"].SayOffline();
        rig["a"].SayOnline();
        await Eventually.Async("a is asked again", () => rig["a"].Controls.Count == 2, Token);

        rig["a"].AnswerControl();

        var error = await Assert.ThrowsAsync<OrchestratorException>(() => running);
        Assert.StartsWith("1 of 2 devices is there; missing: b", error.Message, StringComparison.Ordinal);
    }

    private Task<Rig> StartAsync(params string[] devices) => Rig.StartAsync(BrokerUrl.Parse(_broker.Endpoint.ToString()), Token, devices);
}
