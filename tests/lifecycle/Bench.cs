using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Lifecycle;

/// <summary>
/// What the cases are played on: commands that are done at once, one that outlasts every case, and one that is wrong. The
/// device <c>twin</c> carries out two commands at a time.
/// </summary>
internal static class Bench
{
    public static FleetDefinition Fleet { get; } = new()
    {
        Name = "bench",
        Devices = [Device("bench", Model("bench", 1)), Device("twin", Model("twin", 2))],
    };

    public static DeviceDefinition Device(string id, DeviceModel model) => new() { Id = id, Model = model, At = SourcePosition.None };

    public static DeviceModel Model(string name, int concurrency, params ReadOnlySpan<TelemetryDefinition> telemetry) => new()
    {
        Name = name,
        Hash = $"00{concurrency:x2}",
        Concurrency = concurrency,
        Properties =
        [
            new("lamp", new DataType { Kind = DataTypeKind.Enum, Options = ["off", "on"] }, Value.Of("off")),
            new("count", new DataType { Kind = DataTypeKind.Integer }, Value.Of(0)),
            new("last", new DataType { Kind = DataTypeKind.Integer }, Value.Of(0)),
        ],
        Telemetry = [.. telemetry],
        Events = [new("counted")],
        Commands =
        [
            Command("bump", TimeSpan.Zero) with { Set = [Count("count + 1")] },
            Command("add", TimeSpan.FromMilliseconds(5)) with
            {
                Parameters =
                [
                    new("by", new DataType { Kind = DataTypeKind.Integer, Min = 1 }, null, Optional: false),
                    new("note", new DataType { Kind = DataTypeKind.Text }, null, Optional: true),
                ],
                Set = [Count("count + args.by")],
                Result = Computed("count"),
                Emits = [new("counted", Computed("count"))],
            },
            Command("shift", TimeSpan.Zero) with { Set = [Count("count + 1"), new(2, Computed("count"))], Result = Computed("count") },
            Command("switch-on", TimeSpan.Zero) with { Requires = Parse("lamp == 'off'"), Otherwise = "the lamp is on already", Set = [Lamp("on")] },
            Command("switch-off", TimeSpan.Zero) with { Requires = Parse("lamp == 'on'"), Otherwise = "the lamp is off already", Set = [Lamp("off")] },
            Command("park", TimeSpan.Zero) with { Set = [Lamp("on"), new(1, new ValueTemplate.Constant(Value.Of(10)))] },
            Command("hold", TimeSpan.FromHours(1)) with { Set = [Lamp("on")] },
            Command("spoil", TimeSpan.Zero) with { Set = [Count("lamp + '?'")] },
        ],
    };

    public static CommandDefinition Command(string name, TimeSpan takes) => new() { Name = name, Takes = new DurationSpec.Fixed(takes) };

    public static ValueTemplate Computed(string source) => new ValueTemplate.Computed(Parse(source));

    private static PropertyAssignment Lamp(string value) => new(0, new ValueTemplate.Constant(Value.Of(value)));

    private static PropertyAssignment Count(string source) => new(1, Computed(source));

    private static Expression Parse(string source)
    {
        var diagnostics = new DiagnosticBag();
        var expression = Expression.Parse(source, SourcePosition.None, diagnostics);
        Assert.Empty(diagnostics);
        return expression!;
    }
}
