using System.Collections.Immutable;
using IotMqtt.Models.Devices.Reading;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>Reads <c>params</c>: <c>song: text</c>, or <c>count: { type: integer, min: 1, default: 3 }</c>.</summary>
internal static class ParameterReader
{
    /// <summary>Reads the parameters of a program.</summary>
    public static ImmutableArray<ProgramParameter> Read(MapReader program, DiagnosticBag diagnostics)
    {
        var entries = program.Entries("params");
        var parameters = ImmutableArray.CreateBuilder<ProgramParameter>(entries.Count);
        foreach (var entry in entries)
        {
            if (!Names.IsName(entry.Key.Text))
            {
                diagnostics.Error(entry.Key.At, $"a parameter must be a name of letters, digits, \"-\" and \"_\", but is {entry.Key.Describe()}");
            }

            if (TypeReader.Parameter(entry.Key.Text, entry.Value, diagnostics) is { } parameter)
            {
                parameters.Add(new(parameter.Name, parameter.Type, parameter.Default ?? (parameter.Optional ? Value.Null : null)));
            }
        }

        return parameters.DrainToImmutable();
    }
}
