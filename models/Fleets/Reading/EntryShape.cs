using System.Collections.Immutable;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Fleets.Reading;

/// <summary>What the devices of one entry have in common, so that it is checked and held once.</summary>
internal sealed class EntryShape(DeviceModel model, EntryTemplates templates, DiagnosticBag diagnostics)
{
    private ImmutableSortedDictionary<string, string>? _labels;
    private ValueMap? _checked;

    /// <summary>The model, with what the entry overrides.</summary>
    public DeviceModel Model => model;

    /// <summary>The labels as text; one instance as long as they are the same.</summary>
    public ImmutableSortedDictionary<string, string> Labels(ValueMap labels)
    {
        if (_labels is null || !templates.Labels.IsConstant)
        {
            _labels = labels.ToImmutableSortedDictionary(
                label => label.Key, label => label.Value.Kind == ValueKind.Text ? label.Value.AsText : label.Value.ToJson(), StringComparer.Ordinal);
        }

        return _labels;
    }

    /// <summary>Checks the names of initial values, and the values that are the same for all devices.</summary>
    public void CheckInitialNames(IReadOnlyList<YamlEntry> entries)
    {
        foreach (var (key, _) in entries)
        {
            if (model.IndexOfProperty(key.Text) < 0)
            {
                diagnostics.Error(
                    key.At, $"{model.Name} has no property \"{key.Text}\"", Suggest.For(key.Text, model.Properties.Select(property => property.Name)));
            }
        }

        if (templates.Initial is ValueTemplate.Constant { Value: var constant })
        {
            CheckInitial(constant.AsMap);
        }
    }

    /// <returns>False, with errors, where an initial value is not one of its property.</returns>
    public bool CheckInitial(ValueMap initial)
    {
        if (ReferenceEquals(initial, _checked))
        {
            return true;
        }

        _checked = initial;
        var right = true;
        foreach (var (name, value) in initial.Entries)
        {
            var slot = model.IndexOfProperty(name);
            if (slot >= 0 && model.Properties[slot].Type.Check(value) is { } wrong)
            {
                diagnostics.Error(templates.PositionOfInitial(name), $"{name} {wrong}");
                right = false;
            }
        }

        return right;
    }
}
