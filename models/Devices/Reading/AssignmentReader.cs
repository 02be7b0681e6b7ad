using System.Collections.Immutable;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Devices.Reading;

/// <summary>Reads which properties are set to what, by a command or by a message.</summary>
/// <param name="properties">The properties of the model, as far as they could be read.</param>
/// <param name="declared">The names of all properties that it declares.</param>
/// <param name="diagnostics">Gets what is wrong.</param>
internal sealed class AssignmentReader(ImmutableArray<PropertyDefinition> properties, IReadOnlyCollection<string> declared, DiagnosticBag diagnostics)
{
    /// <summary>The slot of a property, or -1.</summary>
    public int SlotOf(string name)
    {
        for (var slot = 0; slot < properties.Length; slot++)
        {
            if (string.Equals(properties[slot].Name, name, StringComparison.Ordinal))
            {
                return slot;
            }
        }

        return -1;
    }

    /// <summary>Reads the assignments.</summary>
    /// <param name="entries">Property → value.</param>
    /// <param name="template">Reads a value and checks its names; null where it is none, which has been noted.</param>
    public ImmutableArray<PropertyAssignment> Read(IReadOnlyList<YamlEntry> entries, Func<YamlNode, ValueTemplate?> template)
    {
        var assignments = ImmutableArray.CreateBuilder<PropertyAssignment>(entries.Count);
        foreach (var (key, node) in entries)
        {
            var value = template(node);
            var slot = SlotOf(key.Text);
            if (slot < 0)
            {
                if (!declared.Contains(key.Text))
                {
                    diagnostics.Error(key.At, $"there is no property \"{key.Text}\" to set", Suggest.For(key.Text, declared));
                }

                continue;
            }

            if (value is ValueTemplate.Constant { Value: var constant } && properties[slot].Type.Check(constant) is { } wrong)
            {
                diagnostics.Error(node.At, $"{key.Text} {wrong}", TypeReader.Near(constant, properties[slot].Type));
            }

            if (value is not null)
            {
                assignments.Add(new(slot, value));
            }
        }

        return assignments.DrainToImmutable();
    }
}
