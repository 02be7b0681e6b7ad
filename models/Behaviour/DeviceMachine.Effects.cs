using IotMqtt.Models.Behaviour.Plans;
using IotMqtt.Models.Behaviour.Queues;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour;

internal sealed partial class DeviceMachine
{
    /// <summary>Sets constants in place; nothing is evaluated.</summary>
    private void ApplyConstant(CommandEntry entry, CommandPlan plan)
    {
        var set = plan.Definition.Set;
        var changed = 0;
        ValueMap.Builder? names = null;
        for (var at = 0; at < set.Length; at++)
        {
            changed += _state[set[at].Property] == plan.ConstantSet[at] ? 0 : 1;
        }

        for (var at = 0; changed > 0 && at < set.Length; at++)
        {
            ref var slot = ref _state[set[at].Property];
            if (changed < set.Length && slot != plan.ConstantSet[at])
            {
                (names ??= new ValueMap.Builder()).Set(_plan.Model.Properties[set[at].Property].Name, plan.ConstantSet[at]);
            }

            slot = plan.ConstantSet[at];
        }

        entry.Result = plan.ConstantResult;
        Changed(entry, changed == 0 ? null : names?.Build() ?? plan.ConstantSetMap);
    }

    /// <summary>Computes all that a command sets from the state before it, then its result and events from the state after it.</summary>
    /// <returns>What is wrong with the model; the state is then as it was.</returns>
    private string? Apply(CommandEntry entry, CommandPlan plan, TimeSpan now, out Value[] events)
    {
        var definition = plan.Definition;
        var before = _state;
        var after = (Value[])before.Clone();
        events = [];
        ref var chance = ref Chances(plan).Effects;
        foreach (var (slot, template) in definition.Set)
        {
            var property = _plan.Model.Properties[slot];
            var evaluation = _evaluator.Evaluate(template, ScopeOf(entry, before), Inputs(ref chance, now));
            if (evaluation.Error is { } error)
            {
                return $"set {property.Name}: {error}";
            }

            if (property.Type.Check(evaluation.Value) is { } mismatch)
            {
                return $"set {property.Name}: it {mismatch}";
            }

            after[slot] = evaluation.Value;
        }

        var scope = ScopeOf(entry, after);
        if (definition.Result is { } result)
        {
            var evaluation = _evaluator.Evaluate(result, scope, Inputs(ref chance, now));
            if (evaluation.Error is { } error)
            {
                return $"result: {error}";
            }

            entry.Result = evaluation.Value;
        }

        events = definition.Emits.IsEmpty ? [] : new Value[definition.Emits.Length];
        for (var at = 0; at < events.Length; at++)
        {
            var evaluation = _evaluator.Evaluate(definition.Emits[at].With, scope, Inputs(ref chance, now));
            if (evaluation.Error is { } error)
            {
                entry.Result = default;
                return $"emits {definition.Emits[at].Event}: {error}";
            }

            events[at] = evaluation.Value;
        }

        _state = after;
        Changed(entry, Difference(before, after));
        return null;
    }

    private DeviceScope ScopeOf(CommandEntry entry, Value[] state) =>
        entry.Said is { } said ? Scope.ForMessage(state, said) : Scope.ForCommand(state, entry.Arguments!);

    private ValueMap? Difference(Value[] before, Value[] after)
    {
        ValueMap.Builder? changed = null;
        for (var slot = 0; slot < after.Length; slot++)
        {
            if (before[slot] != after[slot])
            {
                (changed ??= new ValueMap.Builder()).Set(_plan.Model.Properties[slot].Name, after[slot]);
            }
        }

        return changed?.Build();
    }

    private void Changed(CommandEntry entry, ValueMap? changed)
    {
        Revision += changed is null ? 0 : 1;
        entry.Changed = changed;
    }
}
