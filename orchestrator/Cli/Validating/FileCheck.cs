using System.Globalization;
using IotMqtt.Engine.Programs;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Orchestrator.Cli.Running;
using IotMqtt.Orchestrator.Reports.Recording;

namespace IotMqtt.Orchestrator.Cli.Validating;

/// <summary>Checks one file: as what its first key says that it is.</summary>
internal static class FileCheck
{
    /// <summary>Checks a file.</summary>
    /// <returns>What it is, in a few words.</returns>
    public static string Check(string file, string? fleet, Func<string, string?> environment, DiagnosticBag diagnostics, List<string> errors)
    {
        var before = diagnostics.Count;
        var keys = Keys(file, diagnostics);
        if (keys.Contains("program"))
        {
            return Program(file, fleet, environment, diagnostics, errors);
        }

        if (keys.Contains("fleet"))
        {
            return FleetFile.Read(file, new FleetOptions { Seed = RunInputs.DefaultSeed, Environment = environment }, diagnostics) is { } definition
                ? string.Create(CultureInfo.InvariantCulture, $"the fleet {definition.Name}, {Many(definition.Devices.Length, "device")}")
                : "";
        }

        if (keys.Contains("model"))
        {
            return ModelFile.Read(file, diagnostics) is { } model ? $"the model {model.Name}, {Many(model.Commands.Length, "command")}" : "";
        }

        if (diagnostics.Count == before)
        {
            errors.Add($"{file} is no program, no fleet and no model: it has none of the keys program, fleet and model at its top");
        }

        return "";
    }

    private static string Program(string file, string? fleetFile, Func<string, string?> environment, DiagnosticBag diagnostics, List<string> errors)
    {
        var program = ProgramFile.Read(file, diagnostics);
        fleetFile ??= program?.Fleet;
        var fleet = fleetFile is null ? null : FleetFile.Read(fleetFile, new FleetOptions { Seed = RunInputs.DefaultSeed, Environment = environment }, diagnostics);
        if (program is null)
        {
            return "";
        }

        if (fleet is not null)
        {
            ProgramValidator.Validate(program, fleet, diagnostics);
        }

        var steps = ProgramTree.All(program.Steps).Count(node => node is DoNode);
        return string.Create(CultureInfo.InvariantCulture, $"the program {program.Name}, {Many(steps, "command")}{(fleetFile is null ? "; it names no fleet, so its devices are not checked" : "")}");
    }

    private static string Many(int count, string what) => count == 1 ? $"1 {what}" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}s");

    /// <summary>The keys at the top of a file: enough to know what it is, even where the rest is wrong.</summary>
    private static HashSet<string> Keys(string file, DiagnosticBag diagnostics)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            foreach (var line in File.ReadLines(file).Take(1_000))
            {
                if (line.Length > 0 && char.IsLetter(line[0]) && line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
                {
                    keys.Add(line[..colon].Trim());
                    if (keys.Overlaps(["program", "fleet", "model"]))
                    {
                        break;
                    }
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The reader says it better, with the path and what to do.
            YamlFile.Read(file, diagnostics);
        }

        return keys;
    }
}
