using IotMqtt.Models.Fleets.Reading;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Fleets;

/// <summary>Reads, checks and expands fleet files and the model files that they name. DESIGN section 6; docs/models.md.</summary>
public static class FleetFile
{
    /// <summary>The most devices that a fleet may have.</summary>
    public const int MaxDevices = 100_000;

    /// <summary>Reads a fleet file that is expected to be valid, as in a test of your own.</summary>
    /// <param name="path">The file; what it names is relative to its folder.</param>
    /// <param name="options">What it is expanded with; null: the defaults.</param>
    /// <exception cref="InvalidFileException">It is not valid, or not there; the exception says everything that is wrong.</exception>
    public static FleetDefinition Load(string path, FleetOptions? options = null)
    {
        var diagnostics = new DiagnosticBag();
        return Read(path, options ?? new FleetOptions(), diagnostics) ?? throw new InvalidFileException([.. diagnostics]);
    }

    /// <summary>Reads a fleet file.</summary>
    /// <param name="path">The file, as the user wrote it; what it names is relative to its folder.</param>
    /// <param name="options">What it is expanded with.</param>
    /// <param name="diagnostics">Gets everything that is wrong, in all files.</param>
    /// <returns>The fleet; null, with at least one error, where anything is wrong.</returns>
    public static FleetDefinition? Read(string path, FleetOptions options, DiagnosticBag diagnostics) =>
        ReadPart(path, options, diagnostics) is { IsPart: false } fleet ? fleet : null;

    /// <summary>Reads as much of a fleet file as there is, so that programs can be checked against that.</summary>
    /// <param name="path">The file, as the user wrote it; what it names is relative to its folder.</param>
    /// <param name="options">What it is expanded with.</param>
    /// <param name="diagnostics">Gets everything that is wrong, in all files.</param>
    /// <returns>The fleet, with the devices that nothing is wrong with; null, with at least one error, where there is none.</returns>
    public static FleetDefinition? ReadPart(string path, FleetOptions options, DiagnosticBag diagnostics) =>
        Expand(() => YamlFile.ReadPart(path, diagnostics), path, options, diagnostics);

    /// <summary>Reads a fleet that is in memory.</summary>
    /// <param name="text">The fleet.</param>
    /// <param name="path">What diagnostics call it; what it names is relative to the folder of this path.</param>
    /// <param name="options">What it is expanded with.</param>
    /// <param name="diagnostics">Gets everything that is wrong, in all files.</param>
    /// <returns>The fleet; null, with at least one error, where anything is wrong.</returns>
    public static FleetDefinition? Parse(string text, string path, FleetOptions options, DiagnosticBag diagnostics) =>
        Expand(() => YamlFile.ParsePart(text, path, diagnostics), path, options, diagnostics) is { IsPart: false } fleet ? fleet : null;

    private static FleetDefinition? Expand(Func<YamlNode?> open, string path, FleetOptions options, DiagnosticBag diagnostics)
    {
        // Errors may be there from other files already: only new ones make this fleet wrong.
        var before = diagnostics.Noted;
        var fleet = open() is { } root ? new FleetReader(path, options, diagnostics).Read(root) : null;
        return fleet is null ? null : fleet with { IsPart = diagnostics.Noted != before };
    }
}
