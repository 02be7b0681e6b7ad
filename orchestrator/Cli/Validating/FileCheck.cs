using System.Globalization;
using IotMqtt.Engine.Programs;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Orchestrator.Cli.Running;
using IotMqtt.Runner.Reports.Recording;

namespace IotMqtt.Orchestrator.Cli.Validating;

/// <summary>Checks one file as what its keys say that it is.</summary>
internal static class FileCheck
{
    /// <summary>Checks a file.</summary>
    /// <returns>What it is, in a few words.</returns>
    public static string Check(string file, string? fleet, Func<string, string?> environment, DiagnosticBag diagnostics)
    {
        if (YamlFile.ReadPart(file, diagnostics) is not { } document)
        {
            return "";
        }

        switch (FileKinds.Of(document))
        {
            case FileKind.Program:
                return Program(file, fleet, environment, diagnostics);
            case FileKind.Fleet:
                return FleetFile.Read(file, new FleetOptions { Seed = RunInputs.DefaultSeed, Environment = environment }, diagnostics) is { } definition
                    ? string.Create(CultureInfo.InvariantCulture, $"the fleet {definition.Name}, {Many(definition.Devices.Length, "device")}")
                    : "";
            case FileKind.Model:
                return ModelFile.Read(file, diagnostics) is { } model ? $"the model {model.Name}, {Many(model.Commands.Length, "command")}" : "";
            default:
                diagnostics.Error(document.At, "this is no program, no fleet and no model", "begin it with \"program: NAME\", \"fleet: NAME\" or \"model: NAME\"");
                return "";
        }
    }

    private static string Program(string file, string? fleet, Func<string, string?> environment, DiagnosticBag diagnostics)
    {
        var loaded = ProgramLoader.Load(
            new() { Path = file, FleetFile = fleet, NeedsFleet = false, NeedsParameters = false, Environment = environment, Seed = RunInputs.DefaultSeed }, diagnostics);
        if (loaded is null)
        {
            return "";
        }

        var steps = ProgramTree.All(loaded.Program.Steps).Count(node => node is DoNode);
        return $"the program {loaded.Program.Name}, {Many(steps, "command")}{(loaded.Fleet is null ? "; it names no fleet, so its devices are not checked" : "")}";
    }

    private static string Many(int count, string what) => count == 1 ? $"1 {what}" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}s");
}
