using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>wait: { telemetry: attic.temperature, where: value > 21, within: 2m }</c>.</summary>
internal sealed class WaitKind() : StepKind("wait", Shape.Ref("wait"), "Waits for a message; what is there already counts.")
{
    /// <summary>The keys of what it holds.</summary>
    public static KeyTable MatchKeys { get; } = new([.. MatchReader.Keys, new("within", Shape.Duration, "How long it waits.", Required: true)]);

    public override Node? Read(YamlNode value, MapReader step, StepReader reader)
    {
        if (MapReader.Open(value, Name, reader.Diagnostics) is not { } map)
        {
            return null;
        }

        MatchKeys.Check(map.Map, Name, reader.Diagnostics);
        var match = MatchReader.Read(map, Name, reader.Diagnostics);
        var within = map.Take("within") is { } time ? ValueReader.Duration(time, "within", reader.Diagnostics) : null;
        return match is null || within is null ? null : new WaitNode(match, within);
    }
}
