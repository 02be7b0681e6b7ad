using System.Diagnostics.CodeAnalysis;
using IotMqtt.Engine.Programs;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>What a program that is run by another gets as parameters.</summary>
internal static class ProgramParameters
{
    /// <summary>Applies the defaults.</summary>
    /// <returns>False, with what is wrong, where one is missing that has no default, is of another type, or is none of the program's.</returns>
    public static bool TryBind(DeviceProgram program, ValueMap given, out ValueMap parameters, [NotNullWhen(false)] out string? problem)
    {
        var bound = new ValueMap.Builder();
        problem = null;
        foreach (var parameter in program.Parameters)
        {
            if (given.TryGet(parameter.Name, out var value))
            {
                if (parameter.Type.Check(value) is { } wrong)
                {
                    problem ??= $"the parameter {parameter.Name} of the program {program.Name} {wrong}";
                }

                bound.Set(parameter.Name, value);
            }
            else if (parameter.Default is { } standard)
            {
                bound.Set(parameter.Name, standard);
            }
            else
            {
                problem ??= $"the program {program.Name} needs the parameter {parameter.Name}";
            }
        }

        foreach (var (name, _) in given)
        {
            if (!program.Parameters.Any(parameter => string.Equals(parameter.Name, name, StringComparison.Ordinal)))
            {
                problem ??= $"the program {program.Name} has no parameter {name}";
            }
        }

        parameters = bound.Build();
        return problem is null;
    }
}
