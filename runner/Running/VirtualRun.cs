using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Worlds;
using IotMqtt.Models.Fleets;
using IotMqtt.Runner.Registry;

namespace IotMqtt.Runner.Running;

/// <summary>
/// A run against the models in virtual time: no broker, no waiting, the same verdict. Equal seeds, equal runs, down to the
/// times: what is left to chance comes from the seed, and the calendar starts at 1970.
/// </summary>
internal static class VirtualRun
{
    private const string Name = "dry-run";

    public static ProgramResult Run(
        DeviceProgram program, FleetDefinition fleet, ProgramInputs inputs, ProgramRunOptions options, ulong seed, CancellationToken cancellationToken)
    {
        var surroundings = new VirtualWorldOptions { Seed = seed, Root = options.Root.ToString(), Environment = inputs.Environment, Log = options.Said, Rules = options.World.Rules, Tap = options.World.Tap };
        var world = new VirtualWorld(fleet, surroundings, Name);
        var run = new Run(program, world, options.Bounds, RunObservers.Of(options.Observers));
        var registration = new Registration(fleet.Devices.Length, TimeSpan.Zero);
        options.Registered?.Invoke(registration);
        world.Schedule(new Fact.CancelAsked(options.Timeout ?? VirtualDriver.Longest, CancelReason.Timeout));
        var began = DateTimeOffset.UnixEpoch;
        var started = new Fact.Started(0, seed, began, inputs.Parameters, [.. world.Seen]);
        return new ProgramResult
        {
            Run = Name,
            Program = program.Name,
            BeganAt = began,
            Seed = seed,
            Registration = registration,
            Verdict = new VirtualDriver(run, world).Drive(started, cancellationToken, options.Abandon),
        };
    }
}
