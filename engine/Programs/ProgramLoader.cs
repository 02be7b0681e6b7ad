using System.Collections.Immutable;
using IotMqtt.Engine.Programs.Reading;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs;

/// <summary>Reads a program with its fleet and its inputs and checks them against each other: all errors of all files at once.</summary>
public static class ProgramLoader
{
    /// <summary>Loads a program.</summary>
    /// <param name="options">Which, and with what.</param>
    /// <param name="diagnostics">Gets everything that is wrong.</param>
    /// <returns>What can be run; null, with at least one error, where anything is wrong.</returns>
    public static LoadedProgram? Load(ProgramLoadOptions options, DiagnosticBag diagnostics)
    {
        var errors = new DiagnosticBag();
        var program = ProgramFile.ReadPart(options.Path, errors);
        var isPart = errors.HasErrors;
        var fleet = options.Fleet ?? ReadFleet(program, options, errors);
        if (program is null)
        {
            errors.CopyTo(diagnostics);
            return null;
        }

        var inputs = ProgramInputs.Bind(program, options.Set, options.Environment, errors, options.NeedsParameters);
        var namesFleet = FleetFileOf(program, options) is not null;
        if (fleet is null && options.NeedsFleet && !namesFleet)
        {
            errors.Error(program.At, $"the program {program.Name} names no fleet", "add \"fleet: FILE\" at its top, or give --fleet FILE");
        }

        // Where the fleet is not known, or not all of it, the rest of the program is checked all the same.
        var parameters = options.NeedsParameters ? inputs.Parameters : null;
        ProgramValidator.Validate(program, fleet ?? FleetDefinition.Unknown, parameters, isPart, errors);
        errors.CopyTo(diagnostics);
        return errors.HasErrors ? null : new(program, fleet, inputs);
    }

    private static string? FleetFileOf(DeviceProgram? program, ProgramLoadOptions options) =>
        options.FleetFile ?? (options.IgnoresItsFleet ? null : program?.Fleet);

    private static FleetDefinition? ReadFleet(DeviceProgram? program, ProgramLoadOptions options, DiagnosticBag errors)
    {
        var file = FleetFileOf(program, options);
        if (file is null)
        {
            return null;
        }

        if (options.FleetFile is null && !File.Exists(file))
        {
            errors.LookedFor(file);
            errors.Error(program!.FleetAt, $"there is no fleet file {file}", ProgramFiles.Suggest(Path.GetFullPath(file)) ?? "it is relative to this file");
            return null;
        }

        return Models.Fleets.FleetFile.ReadPart(file, new() { Seed = options.Seed, Environment = options.Environment }, errors);
    }
}

/// <summary>Which program to load, and with what.</summary>
public sealed record ProgramLoadOptions
{
    /// <summary>The file of the program.</summary>
    public required string Path { get; init; }

    /// <summary>The fleet file that goes before the one that the program names; null: none does.</summary>
    public string? FleetFile { get; init; }

    /// <summary>The fleet where it is known already, such as devices that were found at a broker; goes before all files.</summary>
    public FleetDefinition? Fleet { get; init; }

    /// <summary>Whether a program without a fleet is an error; where not, its devices are not checked.</summary>
    public bool NeedsFleet { get; init; } = true;

    /// <summary>Whether the fleet that the program names is not looked at, because the devices are there already.</summary>
    public bool IgnoresItsFleet { get; init; }

    /// <summary>Parameters as texts: <c>--set name=value</c>.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Set { get; init; } = [];

    /// <summary>Whether a parameter that is not set and has no default is an error; where not, it is not known.</summary>
    public bool NeedsParameters { get; init; } = true;

    /// <summary>Looks an environment variable up. The environment of this process unless something else is given.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The seed of the run: it decides which devices of the fleet <c>on-devices: 5%</c> means.</summary>
    public ulong Seed { get; init; } = 1;
}

/// <summary>A program that can be run.</summary>
/// <param name="Program">The program.</param>
/// <param name="Fleet">The fleet; null: it has none and needs none.</param>
/// <param name="Inputs">Its parameters and environment variables.</param>
public sealed record LoadedProgram(DeviceProgram Program, FleetDefinition? Fleet, ProgramInputs Inputs);
