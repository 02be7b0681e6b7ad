using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>set: { count: "${count + 1}" }</c>.</summary>
internal sealed class SetKind() : StepKind("set", Shape.Ref("variables"), "Sets variables, all computed from the values before.")
{
    public override Node? Read(YamlNode value, MapReader step, StepReader reader)
    {
        if (MapReader.Open(value, Name, reader.Diagnostics) is not { } map)
        {
            return null;
        }

        var named = true;
        foreach (var entry in map.Map.Entries)
        {
            named &= ValueReader.Variable(entry.Key, "a variable", reader.Diagnostics) is not null;
        }

        if (map.Map.IsEmpty)
        {
            reader.Diagnostics.Error(value.At, "set sets nothing", "write set: { name: value }");
        }

        return ValueReader.Named(map.Map, reader.Diagnostics) is { } variables && named
            ? new SetNode(variables) { VariablesAt = ValueReader.PlacesOf(map.Map) }
            : null;
    }
}
