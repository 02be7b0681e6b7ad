using System.Collections.Immutable;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Messages;
using IotMqtt.Runner.Dispatch;
using IotMqtt.Runner.Dispatch.Devices;
using IotMqtt.Runner.Dispatch.Links;
using IotMqtt.Runner.Dispatch.Loop;
using IotMqtt.Runner.Dispatch.Timing;
using IotMqtt.Runner.Registry;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Runner.Running;

/// <summary>One run of a program over MQTT, from the registration of its devices to its verdict.</summary>
internal sealed class ProgramRun(ControlPlane plane, ProgramRunnerOptions runner, ProgramRunOptions options, Task fleetStarted, Task rehearsal, ILogger logger)
{
    private const long Epoch = 1;

    public async Task<ProgramResult> RunAsync(DeviceProgram program, FleetDefinition fleet, ProgramInputs inputs, CancellationToken cancellationToken)
    {
        var id = RunIdentity.New();

        // What is rehearsed is nobody's run.
        var trace = program == Rehearsal.Program ? null : RunTrace.Begin(program.Name, id.Text.ToString());
        Verdict? verdict = null;
        var devices = new DeviceDirectory(fleet.Devices.Select(device => new KnownDevice(device)));
        var needs = ProgramNeeds.Of(program);
        var rollCall = new RollCall(plane, devices.All, id.Text, Epoch, needs.States, runner.Registration, logger, needs.OwnTopics);
        var expressions = needs.Expressions ? ExpressionRehearsal.Once(runner.Time, needs.Scripts) : Task.CompletedTask;
        try
        {
            rollCall.Follow(fleetStarted);
            var registration = await rollCall.RegisterAsync(cancellationToken);
            options.Registered?.Invoke(registration);
            await rehearsal;
            await expressions;
            var clock = new RunClock(plane.Time);
            verdict = await RunAsync(program, devices, inputs, clock, id, rollCall, trace, cancellationToken);
            return new ProgramResult
            {
                Run = id.Text.ToString(),
                Program = program.Name,
                BeganAt = clock.BeganAt,
                Seed = runner.Seed,
                Registration = registration,
                Verdict = verdict,
            };
        }
        finally
        {
            trace?.Ended(verdict);
            await rollCall.EndAsync();
        }
    }

    private async Task<Verdict> RunAsync(
        DeviceProgram program,
        DeviceDirectory devices,
        ProgramInputs inputs,
        RunClock clock,
        RunIdentity id,
        RollCall rollCall,
        RunTrace? trace,
        CancellationToken cancellationToken)
    {
        MqttWorld? world = null;
        var lag = new RunLag();
        var run = new Run(program, devices, options.Bounds, RunObservers.Of(options.Observers));
        var loop = new RunLoop(run, options.Journal, logger, ports => world = new MqttWorld(
            new WorldSetup
            {
                Plane = plane,
                Devices = devices,
                Clock = clock,
                Lag = lag,
                Run = id.Text,
                Logger = logger,
                Environment = Value.Of(inputs.Environment),
                Trace = trace,
                Said = options.Said,
            },
            ports));
        await using var disposal = world!;

        // The loop listens before the roll call ends, so that no status falls between the two.
        plane.Add(loop);
        rollCall.StopListening();
        try
        {
            clock.Begin();
            loop.Post(new Fact.Started(id.Number, runner.Seed, clock.BeganAt, inputs.Parameters, Seen(devices), Epoch));
            using var interrupted = cancellationToken.Register(() => loop.Post(new Fact.CancelAsked(clock.Now, CancelReason.Interrupted)));
            using var abandoned = options.Abandon.Register(() => Abandon(loop, clock));
            using var timeout = options.Timeout is { } limit
                ? clock.Time.CreateTimer(_ => loop.Post(new Fact.CancelAsked(clock.Now, CancelReason.Timeout)), null, limit, Timeout.InfiniteTimeSpan)
                : null;
            return lag.Judge(await loop.Ended, options.MaxLag);
        }
        finally
        {
            plane.Remove(loop);
        }
    }

    // Asked twice, a run waits for nothing any more.
    private static void Abandon(RunLoop loop, RunClock clock)
    {
        loop.Post(new Fact.CancelAsked(clock.Now, CancelReason.Interrupted));
        loop.Post(new Fact.CancelAsked(clock.Now, CancelReason.Interrupted));
    }

    private static ImmutableArray<DeviceSeen> Seen(DeviceDirectory devices) =>
        [.. devices.All.Select(device => new DeviceSeen(
            device.Name,
            device.Incarnation?.ToString(),
            device.Ledger?.ToString(),

            // One that went after the registration has told the roll call, and not the run.
            Online: device.Presence != Presence.Offline))];
}
