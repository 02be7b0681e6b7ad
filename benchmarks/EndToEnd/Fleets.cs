using IotMqtt.Engine.Programs;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Benchmarks.EndToEnd;

/// <summary>The fleets and programs that are measured.</summary>
internal static class Fleets
{
    public static FleetDefinition Home { get; } = Read(
        """
        fleet: home
        devices:
          - { id: bedroom-light, model: hue-light }
          - { id: speaker, model: smart-speaker }
          - { id: toilet, model: smart-toilet }
        """);

    public static FleetDefinition Unequal { get; } = Read(
        """
        fleet: home-unequal
        devices:
          - { id: bedroom-light, model: hue-light, commands: { switch-on: { takes: 1s }, switch-off: { takes: 800ms } } }
          - { id: speaker, model: smart-speaker, commands: { switch-on: { takes: 200ms }, play: { takes: 500ms }, switch-off: { takes: 100ms } } }
          - { id: toilet, model: smart-toilet, commands: { flush: { takes: 300ms }, clean: { takes: 600ms } } }
        """);

    public static FleetDefinition Instant(int devices) => Read(
        $$"""
        fleet: instant
        devices:
          - { id: "light-${n}", model: hue-light, count: {{devices}}, commands: { switch-on: { takes: 0ms }, switch-off: { takes: 0ms } } }
        """);

    public static DeviceProgram WakeUp { get; } = Program("wake-up", Parallel(
        Do("bedroom-light", "switch-on"),
        Sequence(Do("speaker", "switch-on"), Play())));

    public static DeviceProgram Sleep { get; } = Program("sleep", Parallel(
        Do("bedroom-light", "switch-off"),
        Do("speaker", "switch-off"),
        Sequence(Do("toilet", "flush"), Do("toilet", "clean"))));

    /// <summary>So many steps, one after the other, on one device.</summary>
    public static DeviceProgram Blink(int steps) =>
        Program("blink", [.. Enumerable.Range(0, steps).Select(step => Do("light-1", step % 2 == 0 ? "switch-on" : "switch-off"))]);

    /// <summary>One command for each device, all at once.</summary>
    public static DeviceProgram All(int devices, string command) =>
        Program("all", Parallel([.. Enumerable.Range(1, devices).Select(number => Do($"light-{number}", command))]));

    private static DoNode Play() => Do("speaker", "play") with
    {
        With = [new("song", new ValueTemplate.Constant(Value.Of("Never Gonna Give You Up")))],
    };

    private static FleetDefinition Read(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        return FleetFile.Parse(yaml, "benchmark.yaml", new FleetOptions(), diagnostics) ?? throw new FormatException(string.Join('\n', diagnostics));
    }

    private static DeviceProgram Program(string name, params Node[] steps) => new() { Name = name, Steps = Sequence(steps) };

    private static DoNode Do(string device, string command) => new(new DeviceTarget(SourcePosition.None, device), command);

    private static SequenceNode Sequence(params Node[] steps) => new([.. steps]);

    private static ParallelNode Parallel(params Node[] branches) => new([.. branches]) { OnFailure = OnFailure.Complete };
}
