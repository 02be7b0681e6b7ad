using IotMqtt.Engine.Programs;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Runner.Running;

/// <summary>Checks what a run is given, before anything is sent.</summary>
internal static class ProgramInput
{
    /// <summary>Checks a program against a fleet, and binds its parameters and environment variables.</summary>
    /// <exception cref="OrchestratorException">Something is wrong; everything that is, is said.</exception>
    public static ProgramInputs Check(DeviceProgram program, FleetDefinition fleet, ValueMap parameters)
    {
        var diagnostics = new DiagnosticBag();
        var inputs = ProgramInputs.Bind(program, parameters, Environment.GetEnvironmentVariable, diagnostics);
        ProgramValidator.Validate(program, fleet, diagnostics, inputs.Parameters);
        return diagnostics.HasErrors ? throw new OrchestratorException(diagnostics) : inputs;
    }
}
