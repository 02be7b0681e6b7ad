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
    /// <param name="request">What is asked for.</param>
    /// <param name="environment">Looks up environment variables.</param>
    /// <exception cref="CliException">Something is wrong; all of it is said.</exception>
    public static RunInputs Read(RunRequest request, Func<string, string?> environment)
    {
        var diagnostics = new DiagnosticBag();
        var loaded = ProgramLoader.Load(Options(request, environment), diagnostics);
        return loaded is null
            ? throw new CliException(diagnostics, [])
            : new RunInputs(loaded.Program, loaded.Fleet, request.Fleet ?? (request.DevicesAreThere ? null : loaded.Program.Fleet), loaded.Inputs);
    }

    /// <summary>The full paths of all files that <see cref="Read"/> looks for, those that are not there included.</summary>
    public static IReadOnlyCollection<string> Files(RunRequest request, Func<string, string?> environment)
    {
        var diagnostics = new DiagnosticBag();
        ProgramLoader.Load(Options(request, environment), diagnostics);
        return diagnostics.Files;
    }

    private static ProgramLoadOptions Options(RunRequest request, Func<string, string?> environment) => new()
    {
        Path = request.Program,
        FleetFile = request.Fleet,
        NeedsFleet = !request.DevicesAreThere,
        IgnoresItsFleet = request.DevicesAreThere,
        Set = [.. request.Settings],
        Environment = environment,
        Seed = request.Seed ?? DefaultSeed,
    };
}
