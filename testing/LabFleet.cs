using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;

namespace IotMqtt.Testing;

/// <summary>Fleets that stand in the test itself.</summary>
public static class LabFleet
{
    /// <summary>Reads a fleet from YAML.</summary>
    /// <param name="yaml">The fleet, as in a fleet file; models that it names are relative to the current folder.</param>
    /// <param name="options">What it is expanded with; null: the defaults.</param>
    /// <exception cref="InvalidFileException">It is not valid; the exception says everything that is wrong, with line and column.</exception>
    public static FleetDefinition FromYaml(string yaml, FleetOptions? options = null)
    {
        var diagnostics = new DiagnosticBag();
        return FleetFile.Parse(yaml, "fleet.yaml", options ?? new(), diagnostics) ?? throw new InvalidFileException([.. diagnostics]);
    }
}
