using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Machinery;

/// <content>The programs that the run runs.</content>
internal sealed partial class Machine
{
    private readonly Dictionary<DeviceProgram, string[]> _stepIds = new(ReferenceEqualityComparer.Instance);

    /// <summary>What all scopes of a program share.</summary>
    public ProgramContext Program(DeviceProgram program, ValueMap parameters)
    {
        if (!_stepIds.TryGetValue(program, out var ids))
        {
            ids = [.. NodeTree.All(program.Steps).Select(static node => node.Id).OfType<string>()];
            _stepIds.Add(program, ids);
        }

        return new ProgramContext(parameters, ids, program.StepTimeout);
    }
}
