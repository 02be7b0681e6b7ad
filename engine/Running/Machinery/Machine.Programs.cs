using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Machinery;

/// <content>The programs that the run runs.</content>
internal sealed partial class Machine
{
    private readonly Dictionary<DeviceProgram, StepIdIndex> _stepIds = new(ReferenceEqualityComparer.Instance);

    /// <summary>What all scopes of a program share.</summary>
    public ProgramContext Program(DeviceProgram program, ValueMap parameters)
    {
        if (!_stepIds.TryGetValue(program, out var ids))
        {
            _stepIds.Add(program, ids = new StepIdIndex(program.Steps));
        }

        return new ProgramContext(parameters, ids, program.StepTimeout);
    }
}
