using System.Collections.Immutable;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Devices.Reading;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Validation;

/// <summary>Checks values that are given by name against what is declared.</summary>
internal static class ArgumentCheck
{
    /// <summary>Checks the arguments of a command, or the parameters of a program.</summary>
    /// <param name="given">What is given.</param>
    /// <param name="places">Where each of it is written; empty: nowhere.</param>
    /// <param name="declared">What is declared.</param>
    /// <param name="owner">What they belong to, for messages.</param>
    /// <param name="noun">What they are called, for messages.</param>
    /// <param name="at">Where the command or the program is named.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    public static void Check(
        ImmutableArray<KeyValuePair<string, ValueTemplate>> given, ImmutableArray<EntryPosition> places,
        ImmutableArray<ParameterDefinition> declared, string owner, string noun, SourcePosition at, DiagnosticBag diagnostics)
    {
        for (var index = 0; index < given.Length; index++)
        {
            var (name, template) = given[index];
            var place = index < places.Length ? places[index] : new(at, at);
            var parameter = declared.FirstOrDefault(known => known.Name == name);
            if (parameter is null)
            {
                diagnostics.Error(place.Name, $"{owner} has no {noun} \"{name}\"", declared.IsEmpty ? "it takes none" : Suggest.For(name, [.. declared.Select(known => known.Name)]));
            }
            else if (template is ValueTemplate.Constant constant && parameter.Type.Check(constant.Value) is { } wrong)
            {
                diagnostics.Error(place.Value, $"the {noun} {name} of {owner} {wrong}", TypeReader.Near(constant.Value, parameter.Type));
            }
        }

        foreach (var parameter in declared)
        {
            if (parameter.Default is null && !parameter.Optional && !given.Any(entry => entry.Key == parameter.Name))
            {
                diagnostics.Error(at, $"{owner} needs the {noun} \"{parameter.Name}\"", $"add with: {{ {parameter.Name}: … }}");
            }
        }
    }
}
