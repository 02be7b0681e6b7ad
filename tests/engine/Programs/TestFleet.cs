using System.Collections.Immutable;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Tests.Programs;

/// <summary>A home with a bedroom-light, a speaker and a toilet, and twelve thermostats, three of them in the lab.</summary>
internal static class TestFleet
{
    private static DeviceModel Thermostat { get; } = Model("thermostat", ["temperature", "firmware"], Command("install", Argument("version", DataTypeKind.Text)), Command("reboot")) with
    {
        Telemetry = [new("temperature", new DurationSpec.Fixed(TimeSpan.FromSeconds(10)), new ValueTemplate.Constant(Value.Of(20)))],
        Events = [new("installed")],
    };

    public static FleetDefinition Home { get; } = new()
    {
        Name = "home",
        Devices =
        [
            Device("bedroom-light", Model("hue-light", ["power", "color", "brightness"], Command("switch-on"), Command("switch-off"), Command("change-color", Argument("color", DataTypeKind.Color)))),
            Device("speaker", Model("smart-speaker", ["power", "playing", "song"], Command("switch-on"), Command("switch-off"), Command("play", Argument("song", DataTypeKind.Text), Argument("volume", DataTypeKind.Integer, Value.Of(5))), Command("stop"))),
            Device("toilet", Model("smart-toilet", ["bowl", "lid"], Command("open"), Command("close"), Command("flush"), Command("clean"))),
            .. Enumerable.Range(1, 12).Select(number => Device($"thermostat-{number}", Thermostat) with
            {
                Labels = ImmutableSortedDictionary<string, string>.Empty.Add("site", number <= 3 ? "lab" : "office"),
                Vars = ValueMap.Of(("serial", Value.Of($"SN{number}"))),
            }),
        ],
    };

    private static DeviceDefinition Device(string id, DeviceModel model) => new() { Id = id, Model = model, At = SourcePosition.None };

    private static DeviceModel Model(string name, string[] properties, params CommandDefinition[] commands) => new()
    {
        Name = name,
        Hash = name,
        Properties = [.. properties.Select(property => new PropertyDefinition(property, new() { Kind = DataTypeKind.Text }, Value.Of("")))],
        Commands = [.. commands],
    };

    private static CommandDefinition Command(string name, params ParameterDefinition[] parameters) => new() { Name = name, Parameters = [.. parameters] };

    private static ParameterDefinition Argument(string name, DataTypeKind kind, Value? fallback = null) => new(name, new() { Kind = kind }, fallback, Optional: false);
}
