using IotMqtt.Engine.Programs;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;

namespace IotMqtt.Orchestrator.Cli.Running;

/// <summary>A program with all that it needs, read and checked.</summary>
/// <param name="Program">The program.</param>
/// <param name="Fleet">The fleet to emulate; null: the devices that are there.</param>
/// <param name="FleetFile">The fleet's file as it was written.</param>
/// <param name="Given">Its parameters and environment variables.</param>
internal sealed record RunInputs(DeviceProgram Program, FleetDefinition? Fleet, string? FleetFile, ProgramInputs Given)
{
    /// <summary>The seed where none is given: a run without <c>--seed</c> is the same each time.</summary>
    public const ulong DefaultSeed = 1;

    /// <summary>Reads a program, its fleet and its parameters, and checks them against each other.</summary>
    /// <param name="path">The program's file.</param>
    /// <param name="fleetFile">The fleet's file; null: the one that the program names, unless the devices are there already.</param>
    /// <param name="devicesAreThere">Whether the devices are those of a broker.</param>
    /// <param name="settings">The parameters as text.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="environment">Looks up environment variables.</param>
    /// <exception cref="CliException">Something is wrong; all of it is said.</exception>
    public static RunInputs Read(
        string path, string? fleetFile, bool devicesAreThere, IReadOnlyList<KeyValuePair<string, string>> settings, ulong seed, Func<string, string?> environment)
    {
        var diagnostics = new DiagnosticBag();
        var loaded = ProgramLoader.Load(
            new()
            {
                Path = path,
                FleetFile = fleetFile,
                NeedsFleet = !devicesAreThere,
                IgnoresItsFleet = devicesAreThere,
                Set = [.. settings],
                Environment = environment,
                Seed = seed,
            },
            diagnostics);
        return loaded is null
            ? throw new CliException(diagnostics, [])
            : new RunInputs(loaded.Program, loaded.Fleet, fleetFile ?? (devicesAreThere ? null : loaded.Program.Fleet), loaded.Inputs);
    }
}
