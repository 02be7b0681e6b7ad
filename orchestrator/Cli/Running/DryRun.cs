using IotMqtt.Engine.Running;
using IotMqtt.Engine.Worlds;
using IotMqtt.Orchestrator.Registry;

namespace IotMqtt.Orchestrator.Cli.Running;

/// <summary>A run against the models in virtual time: no broker, no waiting, the same verdict; equal seeds, equal runs.</summary>
internal static class DryRun
{
    private const string Name = "dry-run";

    public static RunResult Run(WatchedRun run, RunRequest request, CancellationToken cancellationToken)
    {
        var fleet = run.Inputs.Fleet ?? throw new CliException(ExitCodes.InvalidInput, "a dry run needs a fleet: name one with --fleet");
        var world = new VirtualWorld(fleet, new VirtualWorldOptions { Seed = run.Seed, Environment = run.Inputs.Given.Environment, Log = run.View.Said }, Name);
        var program = new Run(run.Inputs.Program, world, new RunOptions(), run.Recorder);
        var driver = new VirtualDriver(program, world);
        var registration = new Registration(fleet.Devices.Length, TimeSpan.Zero);
        run.Began(registration);
        if (request.Timeout is { } limit)
        {
            world.Schedule(new Fact.CancelAsked(limit, CancelReason.Timeout));
        }

        var started = new Fact.Started(0, run.Seed, DateTimeOffset.UnixEpoch, run.Inputs.Given.Parameters, [.. world.Seen]);
        var verdict = driver.Drive(started, cancellationToken);
        return new RunResult(Name, DateTimeOffset.UnixEpoch, run.Seed, registration, verdict);
    }
}
