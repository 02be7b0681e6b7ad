using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Registry;
using IotMqtt.Runner.Running;
using IotMqtt.Runner.Tests.Support;
using IotMqtt.Testing;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Runner.Tests.Running;

/// <summary>Programs on real devices of this repository, in the three ways to run them.</summary>
public sealed class ProgramRunnerTests
{
    private const int BrokerLost = 3050;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wake_up_plays_when_the_speaker_is_on_and_does_not_wait_for_the_light()
    {
        var record = new RecordedRun();
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Home.Fleet }, Token);

        var result = await runner.RunAsync(Home.WakeUp, new ProgramRunOptions { Observers = [record] }, Token);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(3, result.Registration.Devices);
        var steps = record.Steps.ToDictionary(step => $"{step.Started.Device}.{step.Started.Command}", step => step.Ended);
        Assert.True(steps["speaker.play"].PublishedAt >= steps["speaker.switch-on"].At);
        Assert.True(steps["bedroom-light.switch-on"].PublishedAt < steps["speaker.switch-on"].DoneAt);
        Assert.True(steps["speaker.play"].StartedAt - steps["speaker.switch-on"].StartedAt >= TimeSpan.FromMilliseconds(500));
        Assert.InRange(result.Verdict.CriticalPath, TimeSpan.FromSeconds(1), result.Verdict.Makespan);
        Assert.InRange(result.Verdict.Efficiency, 0.01, 1);
    }

    [Fact]
    public async Task One_runner_runs_one_program_after_the_other()
    {
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Home.Fleet }, Token);

        var first = await runner.RunAsync(Home.WakeUp, Token);
        var second = await runner.RunAsync(Home.Sleep, Token);

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.NotEqual(first.Run, second.Run);
    }

    [Fact]
    public async Task A_runner_that_is_disposed_in_mid_run_ends_the_run_and_says_so()
    {
        var runner = await ProgramRunner.StartAsync(new() { Fleet = Home.Fleet }, Token);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = runner.RunAsync(Home.WakeUp, new ProgramRunOptions { Registered = _ => begun.SetResult() }, Token);
        await Eventually.Async("the run has begun", begun.Task, Token);

        await runner.DisposeAsync();
        await runner.DisposeAsync();

        var thrown = await Assert.ThrowsAsync<ObjectDisposedException>(() => running);
        Assert.Contains("disposed while wake-up ran", thrown.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => runner.RunAsync(Home.WakeUp, Token));
    }

    [Fact]
    public async Task Everything_at_once_is_caught_by_the_devices()
    {
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Home.Fleet }, Token);

        var result = await runner.RunAsync(Home.EverythingAtOnce, Token);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            ["speaker.play rejected: the speaker is off", "toilet.clean rejected: the bowl has not been flushed"],
            result.Verdict.Errors.Select(error => error.ToString()).Order());
    }

    [Fact]
    public async Task Two_hundred_steps_in_a_row_come_in_their_order()
    {
        var record = new RecordedRun();
        var fleet = Home.Read(
            """
            fleet: instant
            devices:
              - { id: light, model: hue-light, commands: { switch-on: { takes: 0ms }, switch-off: { takes: 0ms } } }
            """);
        var steps = Enumerable.Range(0, 200).Select(step => Home.Do("light", step % 2 == 0 ? "switch-on" : "switch-off"));
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = fleet }, Token);

        var result = await runner.RunAsync(Home.Program("blink", [.. steps]), new ProgramRunOptions { Observers = [record] }, Token);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(200, record.Steps.Count);
        Assert.All(record.Steps.Zip(record.Steps.Skip(1)), pair => Assert.True(pair.Second.Ended.PublishedAt >= pair.First.Ended.At));
    }

    [Fact]
    public async Task Two_thousand_devices_in_one_worker_are_registered_and_commanded_at_once()
    {
        var fleet = Home.Read("{ fleet: city, devices: [ { id: \"light-${n}\", model: hue-light, count: 2000 } ] }");
        var all = Enumerable.Range(1, 2000).Select(number => Home.Do($"light-{number}", "switch-on"));
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = fleet }, Token);

        var result = await runner.RunAsync(Home.Program("city", Home.Parallel([.. all])), Token);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2000, result.Registration.Devices);
        Assert.InRange(result.Verdict.CriticalPath, TimeSpan.FromMilliseconds(500), result.Verdict.Makespan);
    }

    [Fact]
    public async Task A_fleet_runs_on_another_broker_and_others_use_its_devices()
    {
        await using var mosquitto = await MosquittoBroker.StartAsync(Token);
        var broker = BrokerUrl.Parse(mosquitto.Url);
        await using var ours = await ProgramRunner.StartAsync(new() { Fleet = Home.Fleet, Broker = broker }, Token);
        var wakeUp = await ours.RunAsync(Home.WakeUp, Token);

        await using var theirs = await ProgramRunner.StartAsync(new() { Broker = broker }, Token);
        var sleep = await theirs.RunAsync(Home.Sleep, Token);

        Assert.Equal((0, 0), (wakeUp.ExitCode, sleep.ExitCode));
        Assert.Equal(3, sleep.Registration.Devices);
    }

    [Fact]
    public async Task Devices_that_are_not_there_are_missing()
    {
        await using var mosquitto = await MosquittoBroker.StartAsync(Token);
        var broker = BrokerUrl.Parse(mosquitto.Url);
        var some = Home.Fleet with { Devices = [.. Home.Fleet.Devices.Where(device => device.Id != "toilet")] };
        await using var ours = await ProgramRunner.StartAsync(new() { Fleet = some, Broker = broker }, Token);
        await ours.RunAsync(Home.WakeUp, Token);
        await using var theirs = await ProgramRunner.StartAsync(
            new() { Broker = broker, Registration = new RegistrationOptions { Patience = TimeSpan.FromMilliseconds(500) } }, Token);

        var error = await Assert.ThrowsAsync<OrchestratorException>(() => theirs.RunAsync(Home.Sleep, Token));

        Assert.Equal(4, error.ExitCode);
        Assert.StartsWith("2 of 3 devices are there; missing: toilet", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_is_started_again_in_mid_run_costs_time_and_nothing_else()
    {
        await using var mosquitto = await MosquittoBroker.StartAsync(Token);
        var restart = new RestartOnFirstPublish(mosquitto);
        var record = new RecordedRun();
        using var log = new TestLog();
        await using var runner = await ProgramRunner.StartAsync(
            new() { Fleet = Home.Fleet, Broker = BrokerUrl.Parse(mosquitto.Url), LoggerFactory = log }, Token);

        var result = await runner.RunAsync(Home.WakeUp, new ProgramRunOptions { Observers = [restart, record] }, Token);
        await restart.Done;
        Assert.Contains(log.Entries, entry => entry is { EventId: BrokerLost, Level: LogLevel.Warning });

        Assert.Equal(["bedroom-light", "speaker", "speaker"], record.Steps.Select(step => step.Started.Device));
        Assert.All(record.Steps, step => Assert.Equal(StepStatus.Succeeded, step.Ended.Status));
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task No_broker_is_an_error_that_names_it()
    {
        var nobody = BrokerUrl.Parse("mqtt://127.0.0.1:1");

        var error = await Assert.ThrowsAsync<OrchestratorException>(() => ProgramRunner.StartAsync(new() { Broker = nobody }, Token));

        Assert.Equal(3, error.ExitCode);
        Assert.Contains("127.0.0.1:1", error.Message);
    }

    [Fact]
    public async Task A_broker_that_refuses_the_password_is_an_error_that_says_so()
    {
        await using var mosquitto = await MosquittoBroker.StartAsync(Token, new MosquittoOptions { Users = new Dictionary<string, string> { ["me"] = "secret" } });
        var broker = BrokerUrl.Parse($"mqtt://me:wrong@127.0.0.1:{mosquitto.Port}");

        var error = await Assert.ThrowsAsync<OrchestratorException>(() => ProgramRunner.StartAsync(new() { Fleet = Home.Fleet, Broker = broker }, Token));

        Assert.Equal(3, error.ExitCode);
        Assert.DoesNotContain("wrong", error.Message);
    }

    [Fact]
    public async Task A_program_that_does_not_fit_the_fleet_is_refused_before_anything_is_sent()
    {
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Home.Fleet }, Token);

        var error = await Assert.ThrowsAsync<OrchestratorException>(() =>
            runner.RunAsync(Home.Program("wrong", Home.Do("speaker", "plya"), Home.Do("toaster", "switch-on")), Token));

        Assert.Equal(2, error.ExitCode);
        Assert.Equal(2, error.Diagnostics.Count);
    }

    [Fact]
    public async Task An_interrupted_run_stops_what_its_devices_do()
    {
        using var interrupt = new CancellationTokenSource();
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Home.Fleet }, Token);

        var result = await runner.RunAsync(Home.WakeUp, new ProgramRunOptions { Observers = [new InterruptOnFirstPublish(interrupt)] }, interrupt.Token);

        Assert.Equal(130, result.ExitCode);
        Assert.Equal(RunStatus.Interrupted, result.Verdict.Status);
    }

    private sealed class RestartOnFirstPublish(MosquittoBroker broker) : IRunObserver
    {
        private int _published;

        public Task Done { get; private set; } = Task.CompletedTask;

        public void Started(in NodeStarted node)
        {
        }

        public void Progressed(in CommandProgressed progress)
        {
            if (progress.Phase == CommandPhase.Published && Interlocked.Increment(ref _published) == 2)
            {
                Done = Task.Run(async () =>
                {
                    await broker.StopAsync(Token);
                    await broker.StartAgainAsync(Token);
                });
            }
        }

        public void Ended(in NodeEnded node)
        {
        }
    }

    private sealed class InterruptOnFirstPublish(CancellationTokenSource interrupt) : IRunObserver
    {
        public void Started(in NodeStarted node)
        {
        }

        public void Progressed(in CommandProgressed progress) => interrupt.Cancel();

        public void Ended(in NodeEnded node)
        {
        }
    }
}
