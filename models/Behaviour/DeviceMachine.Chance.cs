using IotMqtt.Models.Behaviour.Plans;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Expressions;

namespace IotMqtt.Models.Behaviour;

internal sealed partial class DeviceMachine
{
    /// <summary>Each command has chance of its own: what becomes of one does not depend on which others the device has carried out.</summary>
    private ref CommandChance Chances(CommandPlan plan)
    {
        _chances ??= [.. _plan.Model.Commands.Select(command => new CommandChance(SeededChance.Derive(_seed, "command/" + command.Name)))];
        return ref _chances[plan.Index];
    }

    private ExpressionInputs Inputs(ref SeededChance chance, TimeSpan now) => new(_options.Origin + now, chance.NextUInt64());
}
