using IotMqtt.Engine.Programs.Validation;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Programs;

/// <summary>
/// Checks a program against a fleet, before anything is sent: devices, commands, arguments, selections, messages, variables, and the names and
/// properties in expressions, in the program and in all that it runs. Everything that is wrong is noted at once. docs/programs.md.
/// </summary>
internal static class ProgramValidator
{
    /// <summary>Checks a program.</summary>
    /// <param name="program">The program, from a file or built in C#.</param>
    /// <param name="fleet">The fleet; null: there is none, which is an error.</param>
    /// <param name="diagnostics">Gets everything that is wrong.</param>
    /// <param name="parameters">The parameters, where they are known: a parameter that names a device is checked then.</param>
    public static void Validate(DeviceProgram program, FleetDefinition? fleet, DiagnosticBag diagnostics, ValueMap? parameters = null) =>
        Validate(program, fleet, parameters, isPart: false, diagnostics);

    /// <summary>Checks a program of which parts could not be read: what only those parts may have said is not missed.</summary>
    internal static void Validate(DeviceProgram program, FleetDefinition? fleet, ValueMap? parameters, bool isPart, DiagnosticBag diagnostics)
    {
        if (fleet is null)
        {
            diagnostics.Error(program.At, $"the program {program.Name} names no fleet", "add \"fleet: FILE\" at its top, or give --fleet FILE");
            return;
        }

        new ProgramCheck(new(fleet, diagnostics) { IsPart = isPart }, program, parameters ?? ValueMap.Empty).Check();
    }
}
