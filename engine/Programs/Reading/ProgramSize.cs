using System.Globalization;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>
/// Bounds how much a program comes to with all that it runs: a few small files, each of which runs the next one twice, are millions of steps.
/// </summary>
internal static class ProgramSize
{
    /// <summary>The most steps that a program may have, those of what it runs counted each time.</summary>
    public const int Max = 1_000_000;

    /// <summary>Notes an error where it has more.</summary>
    public static void Check(DeviceProgram? program, DiagnosticBag diagnostics)
    {
        if (program is not null && Of(program, new(ReferenceEqualityComparer.Instance)) > Max)
        {
            diagnostics.Error(
                program.At,
                string.Create(CultureInfo.InvariantCulture, $"the program {program.Name} has more than {Max:N0} steps, those of what it runs counted each time"),
                "repeat steps with repeat, while, until or for-each instead");
        }
    }

    private static int Of(DeviceProgram program, Dictionary<DeviceProgram, int> known)
    {
        if (known.TryGetValue(program, out var size))
        {
            return size;
        }

        foreach (var node in NodeTree.All(program.Steps))
        {
            size += node is RunNode run ? 1 + Of(run.Program, known) : 1;
            if (size > Max)
            {
                break;
            }
        }

        return known[program] = Math.Min(size, Max + 1);
    }
}
