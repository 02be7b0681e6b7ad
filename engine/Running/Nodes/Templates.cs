using System.Collections.Immutable;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>Several templates as one, so that they are evaluated together: all from the same values.</summary>
internal static class Templates
{
    private static readonly ValueTemplate Nothing = new ValueTemplate.Constant(Value.Of(ValueMap.Empty));

    public static ValueTemplate Map(ImmutableArray<KeyValuePair<string, ValueTemplate>> entries)
    {
        if (entries.IsEmpty)
        {
            return Nothing;
        }

        var constants = new ValueMap.Builder();
        foreach (var (name, template) in entries)
        {
            if (template is not ValueTemplate.Constant constant)
            {
                return new ValueTemplate.Map(entries);
            }

            constants.Set(name, constant.Value);
        }

        return new ValueTemplate.Constant(Value.Of(constants.Build()));
    }
}
