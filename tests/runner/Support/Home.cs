using IotMqtt.Engine.Programs;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Runner.Tests.Support;

/// <summary>The home fleet and what is done with it.</summary>
internal static class Home
{
    /// <summary>A light, a speaker and a toilet.</summary>
    public static FleetDefinition Fleet { get; } = Read(
        """
        fleet: home
        devices:
          - { id: bedroom-light, model: hue-light }
          - { id: speaker, model: smart-speaker }
          - { id: toilet, model: smart-toilet }
        """);

    public static DeviceProgram WakeUp { get; } = Program("wake-up", Parallel(
        Do("bedroom-light", "switch-on"),
        Sequence(Do("speaker", "switch-on"), Play)));

    public static DeviceProgram Sleep { get; } = Program("sleep", Parallel(
        Do("bedroom-light", "switch-off"),
        Do("speaker", "switch-off"),
        Sequence(Do("toilet", "flush"), Do("toilet", "clean"))));

    public static DeviceProgram EverythingAtOnce { get; } = Program("everything-at-once", Parallel(
        Do("bedroom-light", "switch-on"),
        Do("speaker", "switch-on"),
        Play,
        Do("toilet", "flush"),
        Do("toilet", "clean")));

    private static DoNode Play => Do("speaker", "play") with
    {
        With = [new("song", new ValueTemplate.Constant(Value.Of("Never Gonna Give You Up")))],
    };

    public static FleetDefinition Read(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        return FleetFile.Parse(yaml, "test.yaml", new FleetOptions(), diagnostics) ?? throw new FormatException(string.Join('\n', diagnostics));
    }

    public static DeviceProgram Program(string name, params Node[] steps) => new() { Name = name, Steps = Sequence(steps) };

    public static DoNode Do(string device, string command) => new(new DeviceTarget(SourcePosition.None, device), command);

    public static SequenceNode Sequence(params Node[] steps) => new([.. steps]);

    public static ParallelNode Parallel(params Node[] branches) => new([.. branches]) { OnFailure = OnFailure.Complete };
}
