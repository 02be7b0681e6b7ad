using IotMqtt.Engine.Running;
using IotMqtt.Engine.Worlds;
using IotMqtt.Models.Chance;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Registry;

namespace IotMqtt.Orchestrator.Cli.Running;

/// <summary>A run against the models in virtual time: no broker, no waiting, the same verdict; equal seeds, equal runs.</summary>
internal static class DryRun
{
    private const string Name = "dry-run";

    /// <summary>After which somebody wants to know why it takes so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static RunResult Run(WatchedRun run, RunRequest request, ITextOutput errors, TimeProvider time, CancellationToken cancellationToken)
    {
        var fleet = run.Inputs.Fleet ?? throw new CliException(ExitCodes.InvalidInput, "a dry run needs a fleet: name one with --fleet");
        var options = new VirtualWorldOptions
        {
            Seed = run.Seed,
            Root = request.Root.ToString(),
            Environment = run.Inputs.Given.Environment,
            Log = run.View.Said,
        };
        var world = new VirtualWorld(fleet, options, Name);
        var program = new Run(run.Inputs.Program, world, new RunOptions(), run.Recorder);
        var driver = new VirtualDriver(program, world);
        var registration = new Registration(fleet.Devices.Length, TimeSpan.Zero);
        run.Began(registration);
        world.Schedule(new Fact.CancelAsked(request.Timeout ?? VirtualDriver.Longest, CancelReason.Timeout));
        var started = new Fact.Started(0, run.Seed, DateTimeOffset.UnixEpoch, run.Inputs.Given.Parameters, [.. world.Seen]);
        using var patience = time.CreateTimer(
            _ => errors.Write(new(new Piece($"still running: {Hours(world.Now)} of its own time have passed; Ctrl-C or --timeout ends it", Tone.Refused))),
            null,
            Patience,
            Timeout.InfiniteTimeSpan);
        var verdict = driver.Drive(started, cancellationToken, run.Abandon);
        return new RunResult(Name, null, run.Seed, registration, verdict);
    }

    private static string Hours(TimeSpan time) => DurationText.Format(TimeSpan.FromSeconds(Math.Floor(time.TotalSeconds)));
}
