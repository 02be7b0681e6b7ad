using System.Collections.Immutable;
using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>fault: { on: [speaker], latency: 2s }</c>.</summary>
internal sealed class FaultKind() : StepKind("fault", Shape.Ref("fault"), "Lets something go wrong with devices until the step around it ends.")
{
    /// <summary>The keys of what it holds.</summary>
    public static KeyTable FaultKeys { get; } = new(
    [
        new("on", Shape.AnyOf(Shape.Ref("device"), Shape.ListOf(Shape.Ref("device"))), "Which devices.", Required: true),
        .. FaultShapes.Keys,
    ]);

    public override Node? Read(YamlNode value, MapReader step, StepReader reader)
    {
        var diagnostics = reader.Diagnostics;
        if (MapReader.Open(value, Name, diagnostics) is not { } map || !FaultKeys.Check(map.Map, Name, diagnostics))
        {
            return null;
        }

        var nodes = map.OneOrList("on");
        var on = ImmutableArray.CreateBuilder<DeviceTarget>(nodes.Count);
        foreach (var node in nodes)
        {
            if (CommandReader.Device(node, "on", diagnostics) is { } device)
            {
                on.Add(device);
            }
        }

        if (map.Take("on") is YamlList { IsEmpty: true } none)
        {
            diagnostics.Error(none.At, "the fault is on no device", "write on: [ speaker ]");
        }

        var fault = FaultReader.Read(map, $"the fault at {value.At}");
        return on.Count == 0 ? null : new FaultNode(on.DrainToImmutable(), fault);
    }
}
