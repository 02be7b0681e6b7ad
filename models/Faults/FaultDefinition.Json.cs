using System.Diagnostics.CodeAnalysis;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Faults;

public sealed partial record FaultDefinition
{
    /// <summary>Reads a fault as it goes over the wire: the same keys as in a fleet file.</summary>
    /// <returns>False, with what is wrong, where it is none.</returns>
    public static bool TryRead(Value value, [NotNullWhen(true)] out FaultDefinition? fault, [NotNullWhen(false)] out string? error)
    {
        var diagnostics = new DiagnosticBag();
        var map = YamlNodes.Of(value, "(fault)", diagnostics) is { } node ? MapReader.Open(node, "fault", diagnostics) : null;
        fault = map is null ? null : FaultReader.Read(map, "a fault that was set");
        map?.Done();
        if (fault is not null && !diagnostics.HasErrors)
        {
            error = null;
            return true;
        }

        fault = null;
        error = string.Join("; ", diagnostics.Select(diagnostic => diagnostic.Suggestion is null ? diagnostic.Message : $"{diagnostic.Message}; {diagnostic.Suggestion}"));
        return false;
    }

    /// <summary>The fault as <see cref="TryRead"/> reads it.</summary>
    public Value ToValue() => FaultWriter.Write(this);
}
