using System.Runtime.CompilerServices;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour.Plans;

/// <summary>A model, prepared once for all its devices: the layout of their state, and their commands by name.</summary>
internal sealed class ModelPlan
{
    // By reference: devices share the instance of their model.
    private static readonly ConditionalWeakTable<DeviceModel, ModelPlan> Plans = [];

    private readonly Dictionary<string, CommandPlan> _commands = new(StringComparer.Ordinal);
    private readonly Value[] _initial;

    private ModelPlan(DeviceModel model)
    {
        Model = model;
        _initial = [.. model.Properties.Select(property => property.Initial)];
        foreach (var definition in model.Commands)
        {
            _commands.Add(definition.Name, new CommandPlan(definition, _commands.Count, model));
        }

        Own = model.HasOwnTopics ? new OwnPlan(model) : null;
    }

    public DeviceModel Model { get; }

    /// <summary>What it says and hears on topics of its own; null: nothing.</summary>
    public OwnPlan? Own { get; }

    public static ModelPlan Of(DeviceModel model) => Plans.GetValue(model, static model => new ModelPlan(model));

    public CommandPlan? Find(string command) => _commands.GetValueOrDefault(command);

    /// <summary>The state that a device starts with, in an array of its own.</summary>
    public Value[] InitialState(ValueMap overrides)
    {
        var state = (Value[])_initial.Clone();
        foreach (var (name, value) in overrides)
        {
            var slot = Model.IndexOfProperty(name);
            if (slot >= 0)
            {
                state[slot] = value;
            }
        }

        return state;
    }
}
