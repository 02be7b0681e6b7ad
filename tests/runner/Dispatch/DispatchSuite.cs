using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;
using IotMqtt.Runner.Dispatch.Links;
using IotMqtt.Runner.Running;
using IotMqtt.Runner.Tests.Support;
using IotMqtt.Testing;
using Microsoft.Extensions.Logging;
using Acknowledgement = IotMqtt.Protocol.Messages.Acknowledgement;

namespace IotMqtt.Runner.Tests.Dispatch;

/// <summary>How commands live and die over MQTT, with devices that do what they should not. Run on several brokers.</summary>
public abstract class DispatchSuite
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private static readonly ProgramRunOptions Impatient = new() { Bounds = new RunOptions { QueryBound = Soon, CancelBound = Soon } };

    protected abstract BrokerUrl Broker { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_step_is_sent_when_the_one_before_is_acknowledged_and_not_before()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a", "b");
        var sentTooEarly = false;
        rig["a"].OnCommand = (device, command) =>
        {
            sentTooEarly |= !rig["b"].Commands.IsEmpty;
            device.Succeed(command);
        };

        var result = await rig.RunAsync(Token, Rig.Do("a"), Rig.Do("b"));

        Assert.Equal(0, result.ExitCode);
        Assert.False(sentTooEarly);
        Assert.Equal(["a.go Succeeded", "b.go Succeeded"], rig.Record.Ends);
        Assert.Equal(2, result.Registration.Devices);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(1000, 0)]
    [InlineData(200, 1)]
    public async Task A_worker_that_says_that_it_is_late_is_part_of_the_verdict(int? allowed, int exitCode)
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a");
        var said = Steps.Publish("iotmqtt/workers/w1/lag", new { lagMs = 640 });
        var options = new ProgramRunOptions { MaxLag = allowed is { } most ? TimeSpan.FromMilliseconds(most) : null };

        var result = await rig.RunAsync(options, TimeSpan.FromSeconds(30), Token, said, Rig.Do("a"));

        Assert.Equal(exitCode, result.ExitCode);
        Assert.InRange(result.Verdict.Lag, TimeSpan.FromMilliseconds(640), TimeSpan.FromSeconds(2));
        Assert.Equal(exitCode, result.Verdict.Errors.Length);
        Assert.All(result.Verdict.Errors, error => Assert.Equal("late", error.Code));
    }

    [Fact]
    public async Task Branches_are_sent_without_waiting_for_each_other()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a", "b");

        // Each is answered only when the other has been sent.
        void AnswerBoth(FakeDevice device, CommandMessage command)
        {
            if (!rig["a"].Commands.IsEmpty && !rig["b"].Commands.IsEmpty)
            {
                rig["a"].Succeed(rig["a"].Commands.First());
                rig["b"].Succeed(rig["b"].Commands.First());
            }
        }

        rig["a"].OnCommand = AnswerBoth;
        rig["b"].OnCommand = AnswerBoth;

        var result = await rig.RunAsync(Token, Rig.Parallel(Rig.Do("a"), Rig.Do("b")));

        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task A_command_carries_its_run_its_step_its_attempt_its_epoch_and_its_budget()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a");

        var result = await rig.RunAsync(Token, Rig.Do("a"));

        var command = Assert.Single(rig["a"].Commands);
        Assert.Equal(result.Run, command.Run?.ToString());
        Assert.NotNull(command.Step);
        Assert.Equal(1, command.Attempt);
        Assert.Equal(1, command.Epoch);
        Assert.Equal(Long, command.Budget);
        Assert.True(command.Correlation.TryGetCommandId(out _));
    }

    [Fact]
    public async Task A_device_that_never_answers_is_asked_and_its_step_is_unknown()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a");
        rig["a"].OnCommand = (device, _) => device.IsAnsweringControl = false;

        var result = await rig.RunAsync(Impatient, Soon, Token, Rig.Do("a"));

        Assert.Equal(5, result.ExitCode);
        var error = Assert.Single(result.Verdict.Errors);
        Assert.Equal(("a", "go", StepStatus.Unknown), (error.Device, error.Command, error.Status));
        Assert.Contains(ControlVerb.Query, rig["a"].Controls);
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_found_by_asking()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a");
        rig["a"].OnCommand = (device, command) => device.Remember(command);

        var result = await rig.RunAsync(new ProgramRunOptions(), Soon, Token, Rig.Do("a"));

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(ControlVerb.Query, rig["a"].Controls);
        Assert.Single(rig["a"].Commands);
    }

    [Fact]
    public async Task Malformed_foreign_double_and_outdated_acknowledgements_change_nothing()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a", "b");
        rig["a"].OnCommand = (device, command) =>
        {
            var replyTo = command.ReplyTo!.Value;
            device.Publish(new OutgoingMessage { Topic = replyTo.Topic, CorrelationData = replyTo.Correlation.Bytes, Payload = "{\"status\":\"done\"}"u8.ToArray() });
            device.Publish(new OutgoingMessage { Topic = replyTo.Topic, CorrelationData = replyTo.Correlation.Bytes, Payload = "not JSON"u8.ToArray() });
            device.Publish(new OutgoingMessage { Topic = replyTo.Topic, Payload = Failed.ToUtf8() });
            device.Publish(CommandEncoder.Encode(replyTo with { Correlation = CorrelationData.From(new CommandId(42)) }, Failed));
            device.Publish(CommandEncoder.Encode(replyTo with { Topic = replyTo.Topic[..^1] + "b" }, Failed));
            device.Publish(CommandEncoder.Encode(replyTo, Failed with { Epoch = 7 }));
            device.Publish(CommandEncoder.Encode(replyTo, Acknowledgement.Rejected(ErrorCodes.IdConflict, "another command")));
            device.Succeed(command);
            device.Publish(CommandEncoder.Encode(replyTo, Failed));
            device.Succeed(command);
        };

        var result = await rig.RunAsync(Token, Rig.Do("a"), Rig.Do("b"), Rig.Do("a"));

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, rig["a"].Commands.Count);
        Assert.DoesNotContain(rig.Log.Entries, entry => entry.Level >= LogLevel.Error);
        Assert.Contains(rig.Log.Entries, entry => entry.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task A_device_that_goes_offline_before_the_first_step_is_unreachable()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a");
        var rehearsed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Rehearsed = rehearsed.Task;
        var options = new ProgramRunOptions
        {
            Registered = _ =>
            {
                // Behind the roll call: once this one is told, that one has been.
                rig.Plane.Add(new StatusListener(rehearsed));
                rig["a"].SayOffline();
            },
        };

        var result = await rig.RunAsync(options, TimeSpan.FromSeconds(2), Token, Rig.Do("a"));

        Assert.Equal(StepStatus.Unreachable, Assert.Single(result.Verdict.Errors).Status);
        Assert.Empty(rig["a"].Commands);
    }

    [Fact]
    public async Task A_device_that_goes_offline_in_mid_command_is_known_to_be_away()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a", "b");
        rig["a"].OnCommand = (device, _) =>
        {
            device.IsAnsweringControl = false;
            device.SayOffline();
        };
        var offline = Eventually.Async("the run knows that a is away", () => rig.Log.Entries.Any(entry => entry.Message.Contains("a went offline")), Token);
        rig["b"].OnCommand = (device, command) => _ = offline.ContinueWith(_ => device.Succeed(command), TaskScheduler.Default);

        var result = await rig.RunAsync(
            new ProgramRunOptions(),
            Long,
            Token,
            Rig.Parallel(Rig.Do("a") with { Timeout = DurationTemplate.Of(TimeSpan.FromSeconds(1)) }, Rig.Sequence(Rig.Do("b"), Rig.Do("a"))));

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(result.Verdict.Errors, error => error.Status == StepStatus.Unreachable && error.Message.Contains("offline"));
        Assert.Single(rig["a"].Commands);
    }

    [Fact]
    public async Task A_device_that_nobody_hears_is_unreachable()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a", "b");
        rig["b"].OnCommand = (device, command) => _ = rig["a"].DisposeAsync().AsTask().ContinueWith(_ => device.Succeed(command), TaskScheduler.Default);

        var result = await rig.RunAsync(Token, Rig.Do("b"), Rig.Do("a"));

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(StepStatus.Unreachable, rig.Record.StatusOf("a"));
    }

    [Fact]
    public async Task After_a_lost_connection_an_open_command_is_sent_again_with_its_id_and_answered_from_the_ledger()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a");
        rig["a"].OnCommand = (device, command) =>
        {
            device.Remember(command);
            rig.Plane.Link(0).Cut();
        };

        var result = await rig.RunAsync(Token, Rig.Do("a"));

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, rig["a"].Commands.Count);
        Assert.Single(rig["a"].Commands.Select(command => command.Correlation).Distinct());
    }

    [Fact]
    public async Task A_device_that_lost_its_ledger_is_not_sent_the_command_again()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a");
        rig["a"].OnCommand = (device, _) =>
        {
            device.Forget("2");
            device.Cut();
        };

        var result = await rig.RunAsync(Token, Rig.Do("a"));

        Assert.Equal(5, result.ExitCode);
        Assert.Equal(StepStatus.Unknown, rig.Record.StatusOf("a"));
        Assert.Single(rig["a"].Commands);
    }

    [Fact]
    public async Task A_device_that_comes_back_with_its_ledger_is_sent_the_command_again()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a");
        rig["a"].OnCommand = (device, command) =>
        {
            device.Remember(command);
            device.Cut();
        };

        var result = await rig.RunAsync(Token, Rig.Do("a"));

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, rig["a"].Commands.Count);
    }

    [Fact]
    public async Task A_device_that_says_anew_that_it_is_there_is_sent_what_it_may_have_missed()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a");
        rig["a"].OnCommand = (device, command) =>
        {
            if (device.Commands.Count == 1)
            {
                device.SayOnline();
            }
            else
            {
                device.Succeed(command);
            }
        };

        var result = await rig.RunAsync(Token, Rig.Do("a"));

        Assert.Equal(0, result.ExitCode);
        Assert.Single(rig["a"].Commands.Select(command => command.Correlation).Distinct());
    }

    [Fact]
    public async Task What_is_interrupted_is_cancelled_at_its_device()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a");
        using var interrupt = new CancellationTokenSource();
        rig["a"].OnCommand = (_, _) => interrupt.Cancel();

        var result = await rig.RunAsync(new ProgramRunOptions(), Long, interrupt.Token, Rig.Do("a"), Rig.Do("a"));

        Assert.Equal(130, result.ExitCode);
        Assert.Contains(ControlVerb.Cancel, rig["a"].Controls);
        Assert.Single(rig["a"].Commands);
    }

    [Fact]
    public async Task A_run_that_is_abandoned_waits_for_nothing()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a");
        using var abandon = new CancellationTokenSource();
        rig["a"].OnCommand = (device, _) =>
        {
            device.IsAnsweringControl = false;
            abandon.Cancel();
        };

        var result = await rig.RunAsync(new ProgramRunOptions { Abandon = abandon.Token }, Long, Token, Rig.Do("a"));

        Assert.Equal(130, result.ExitCode);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_is_cancelled()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a");
        rig["a"].OnCommand = (_, _) => { };

        var result = await rig.RunAsync(new ProgramRunOptions { Timeout = Soon }, Long, Token, Rig.Do("a"));

        Assert.Equal(5, result.ExitCode);
        Assert.Equal(RunStatus.TimedOut, result.Verdict.Status);
        Assert.Contains(ControlVerb.Cancel, rig["a"].Controls);
    }

    [Fact]
    public async Task A_worker_that_is_killed_leaves_its_commands_unknown_and_its_devices_unreachable()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a", "b");
        rig["a"].OnCommand = (device, _) => device.Die();
        var offline = Eventually.Async("the run knows that a is away", () => rig.Log.Entries.Any(entry => entry.Message.Contains("a went offline")), Token);
        rig["b"].OnCommand = (device, command) => _ = offline.ContinueWith(_ => device.Succeed(command), TaskScheduler.Default);

        var result = await rig.RunAsync(
            Impatient, TimeSpan.FromSeconds(2), Token, Rig.Parallel(Rig.Do("a"), Rig.Sequence(Rig.Do("b"), Rig.Do("a"))));

        Assert.Equal([StepStatus.Unreachable, StepStatus.Unknown], result.Verdict.Errors.Select(error => error.Status).Order());
        Assert.Single(rig["a"].Commands);
    }

    [Fact]
    public async Task What_an_act_causes_is_seen_and_what_was_retained_before_is_not()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a");
        rig["a"].Publish(Event("a", 1) with { Retain = true });
        rig["a"].OnCommand = (device, command) =>
        {
            device.Publish(Event("a", 2));
            device.Succeed(command);
        };
        var expect = new Expectation(
            SourcePosition.None,
            new MatchSpec(MatchKind.Event, new DeviceTarget(SourcePosition.None, "a"), new ValueTemplate.Constant(Value.Of("rang")), Parse("value.count == 2")),
            DurationTemplate.Of(Long),
            FromDone: false,
            Count: 1);
        var never = expect with { Match = expect.Match with { Where = Parse("value.count == 1") }, Within = null };

        var result = await rig.RunAsync(Token, Rig.Do("a") with { Expect = [expect], Never = [never] });

        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task What_must_never_be_seen_fails_the_run_when_it_is()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a");
        rig["a"].OnCommand = (device, command) =>
        {
            device.Publish(Event("a", 3));
            device.Succeed(command);
        };
        var never = new Expectation(
            SourcePosition.None,
            new MatchSpec(MatchKind.Topic, null, new ValueTemplate.Constant(Value.Of("iotmqtt/devices/+/event/#")), null),
            DurationTemplate.Of(Long),
            FromDone: false,
            Count: 1);

        var result = await rig.RunAsync(Token, Rig.Do("a") with { Never = [never] });

        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task A_message_is_published_and_waited_for()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a");
        var topic = new ValueTemplate.Constant(Value.Of("acme/announce"));
        var publish = new PublishNode(topic, new PayloadTemplate(new ValueTemplate.Constant(Value.Of(ValueMap.Of(("hello", Value.True)))), null)) { Retain = true };
        var wait = new WaitNode(new MatchSpec(MatchKind.Topic, null, topic, Parse("value.hello && topic == 'acme/announce'")), DurationTemplate.Of(Long));

        var result = await rig.RunAsync(Token, publish, wait, wait);

        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task An_acknowledgement_makes_the_state_known_before_the_retained_state_comes()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a");
        rig["a"].OnCommand = (device, command) => device.Publish(CommandEncoder.Encode(
            command.ReplyTo!.Value, device.Remember(command) with { State = JsonText.Parse("{\"on\":true}"), Revision = 1 }));

        var result = await rig.RunAsync(Token, new AssertNode(Parse("!a.state.on")), Rig.Do("a"), new AssertNode(Parse("a.state.on")));

        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Missing_devices_are_named()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "light", "speaker");

        var error = await Assert.ThrowsAsync<OrchestratorException>(() =>
            rig.RunAsync(["light", "speaker", "toilet"], new ProgramRunOptions(), Long, Token, Rig.Do("light")));

        Assert.Equal(4, error.ExitCode);
        Assert.StartsWith("2 of 3 devices are there; missing: toilet", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_is_there_and_does_not_answer_is_missing_and_it_is_said()
    {
        await using var rig = await Rig.StartAsync(Broker, Token, "a");
        rig["a"].IsAnsweringControl = false;

        var error = await Assert.ThrowsAsync<OrchestratorException>(() => rig.RunAsync(Token, Rig.Do("a")));

        Assert.StartsWith("0 of 1 devices are there; missing: a (online, but does not answer)", error.Message, StringComparison.Ordinal);
    }

    private static OutgoingMessage Event(string device, int count) => new()
    {
        Topic = Topics.Default.Event(DeviceId.Parse(device), SignalName.Parse("rang")),
        Payload = System.Text.Encoding.UTF8.GetBytes($"{{\"count\":{count}}}"),
    };

    private static Expression Parse(string expression) => Expression.Parse(expression, SourcePosition.None, new DiagnosticBag())!;

    private static Acknowledgement Failed { get; } = new() { Status = AcknowledgementStatus.Failed };

    private sealed class StatusListener(TaskCompletionSource came) : IPlaneListener
    {
        public bool OnAcknowledgement(in ReceivedAcknowledgement received) => false;

        public void OnLink(int link, LinkStatus status)
        {
        }

        public void OnMessage(IncomingMessage message, in TopicAddress? address)
        {
            if (address is { Kind: TopicKind.Status })
            {
                came.TrySetResult();
            }
        }
    }
}
