using IotMqtt.Models.Fleets;

namespace IotMqtt.Testing.Tests;

/// <summary>Fleets whose devices are done at once.</summary>
internal static class Homes
{
    public static FleetDefinition Fleet { get; } = LabFleet.FromYaml(
        """
        fleet: home
        devices:
          - { id: light, model: hue-light, commands: { switch-on: { takes: 0s } } }
          - { id: speaker, model: smart-speaker, commands: { switch-on: { takes: 0s }, play: { takes: 0s } } }
          - { id: slow, model: hue-light, commands: { switch-on: { takes: 1m } } }
        """);
}
