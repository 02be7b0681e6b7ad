using System.Collections.Immutable;
using IotMqtt.Engine.Programs;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;

namespace IotMqtt.Benchmarks.Engine;

/// <summary>Fleets and programs of any size.</summary>
internal static class VirtualFleets
{
    private static readonly DeviceModel Model = new()
    {
        Name = "switch",
        Hash = "switch",
        Properties = [],
        Commands = [new CommandDefinition { Name = "on", Takes = new DurationSpec.Fixed(TimeSpan.FromMilliseconds(100)) }],
    };

    public static FleetDefinition Of(int devices) => new()
    {
        Name = "benchmark",
        Devices = [.. Enumerable.Range(0, devices).Select(number => new DeviceDefinition { Id = $"d{number}", Model = Model, At = SourcePosition.None })],
    };

    /// <summary>Branches, each a sequence of commands to a device of its own.</summary>
    public static DeviceProgram Branches(int branches, int steps) => new()
    {
        Name = "benchmark",
        Steps = new SequenceNode([new ParallelNode([.. Enumerable.Range(0, branches).Select(branch => Branch(branch, steps))])]),
    };

    private static SequenceNode Branch(int device, int steps)
    {
        var target = new DeviceTarget(SourcePosition.None, $"d{device}");
        return new SequenceNode([.. Enumerable.Repeat(new DoNode(target, "on"), steps).ToImmutableArray<Node>()]);
    }
}
