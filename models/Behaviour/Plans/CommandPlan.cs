using System.Collections.Immutable;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour.Plans;

/// <summary>A command of a model, prepared once: what is constant is computed here, so that carrying it out evaluates nothing.</summary>
internal sealed class CommandPlan
{
    public CommandPlan(CommandDefinition definition, int index, DeviceModel model)
    {
        Definition = definition;
        Index = index;
        FixedTakes = (definition.Takes as DurationSpec.Fixed)?.Value;
        IsConstant = definition.Set.All(assignment => assignment.Value.IsConstant)
            && definition.Result is null or ValueTemplate.Constant
            && definition.Emits.All(emission => emission.With.IsConstant);
        if (!IsConstant)
        {
            return;
        }

        ConstantSet = [.. definition.Set.Select(assignment => ConstantOf(assignment.Value))];
        ConstantResult = (definition.Result as ValueTemplate.Constant)?.Value ?? Value.Null;
        ConstantSetMap = Map(model, definition.Set, ConstantSet);
    }

    public CommandDefinition Definition { get; }

    /// <summary>Its place among the commands of its model.</summary>
    public int Index { get; }

    /// <summary>How long it always takes; null where chance decides.</summary>
    public TimeSpan? FixedTakes { get; }

    /// <summary>Whether nothing has to be evaluated when it is done.</summary>
    public bool IsConstant { get; }

    /// <summary>What it sets, in the order of the assignments, where it is constant.</summary>
    public ImmutableArray<Value> ConstantSet { get; } = [];

    /// <summary>All that it sets, by name, where it is constant.</summary>
    public ValueMap ConstantSetMap { get; } = ValueMap.Empty;

    /// <summary>Its result, where it is constant.</summary>
    public Value ConstantResult { get; }

    /// <summary>The value of a template that is constant.</summary>
    public static Value ConstantOf(ValueTemplate template) => ((ValueTemplate.Constant)template).Value;

    private static ValueMap Map(DeviceModel model, ImmutableArray<PropertyAssignment> set, ImmutableArray<Value> values)
    {
        var map = new ValueMap.Builder();
        for (var at = 0; at < set.Length; at++)
        {
            map.Set(model.Properties[set[at].Property].Name, values[at]);
        }

        return map.Build();
    }
}
