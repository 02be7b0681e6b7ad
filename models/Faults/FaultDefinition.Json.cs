using System.Diagnostics.CodeAnalysis;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Faults;

public sealed partial record FaultDefinition
{
    /// <summary>Reads a fault as it goes over the wire: the same keys as in a fleet file.</summary>
    /// <returns>False, with what is wrong, where it is none.</returns>
    public static bool TryRead(Value value, [NotNullWhen(true)] out FaultDefinition? fault, [NotNullWhen(false)] out string? error)
    {
        var reader = new FaultReader();
        fault = reader.Read(value);
        error = fault is null ? reader.Error ?? "it is not a fault" : null;
        return fault is not null;
    }

    /// <summary>The fault as <see cref="TryRead"/> reads it.</summary>
    public Value ToValue() => FaultWriter.Write(this);
}
