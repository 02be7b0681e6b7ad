using System.Collections.Immutable;
using IotMqtt.Engine.Programs;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;
using IotMqtt.Runner.Dispatch.Links;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Runner.Registry;

/// <summary>Makes a fleet of the devices that are there: those that a program names, selects or looks at.</summary>
internal static class Attachment
{
    /// <summary>Finds them.</summary>
    /// <exception cref="Running.OrchestratorException">A device that the program names is not there.</exception>
    public static async Task<FleetDefinition> FindAsync(
        ControlPlane plane, DeviceProgram program, ValueMap parameters, RegistrationOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var needs = ProgramNeeds.Of(program);
        var began = plane.Time.GetTimestamp();
        while (true)
        {
            var found = await new Survey(plane, logger).LookAsync(cancellationToken);
            var usable = found.Where(find => find.IsUsable).ToDictionary(find => find.Id.ToString(), StringComparer.Ordinal);
            var missing = needs.Devices.Where(name => !usable.ContainsKey(name)).Order(StringComparer.Ordinal).ToList();
            if (missing.Count == 0)
            {
                var names = Texts(parameters).Concat(program.Parameters.Select(parameter => Text(parameter.Default))).ToHashSet();
                return Fleet(plane, usable.Values.Where(find => IsNeeded(find, needs, names)));
            }

            // They may just be starting; each look around takes a moment by itself.
            if (plane.Time.GetElapsedTime(began) > options.Patience)
            {
                throw MissingDevices.Error(needs.Devices.Count - missing.Count, needs.Devices.Count, [.. missing.Select(name => Describe(name, found))]);
            }
        }
    }

    private static bool IsNeeded(Find find, ProgramNeeds needs, HashSet<string?> parameters)
    {
        var name = find.Id.ToString();
        return needs.Devices.Contains(name)
            || needs.Names.Contains(name)
            || parameters.Contains(name)
            || needs.Selections.Any(selection => Fits(find, name, selection));
    }

    private static bool Fits(Find find, string name, DeviceSelection selection) =>
        (selection.Model is null || selection.Model == find.Meta!.Model)
        && (selection.Ids.IsDefaultOrEmpty || selection.Ids.Contains(name))
        && selection.Labels.All(label => find.Meta!.Labels.TryGetValue(label.Key, out var value) && value == label.Value);

    private static FleetDefinition Fleet(ControlPlane plane, IEnumerable<Find> finds) => new()
    {
        Name = $"the devices under {plane.Topics.Root}",
        Devices = [.. finds.Select(find => new DeviceDefinition
        {
            Id = find.Id.ToString(),
            Model = find.Model!,
            At = SourcePosition.None,
            Labels = find.Meta!.Labels.ToImmutableSortedDictionary(StringComparer.Ordinal),
        })],
    };

    private static string Describe(string name, IReadOnlyList<Find> found) => found.FirstOrDefault(find => find.Id.ToString() == name) switch
    {
        null => name,
        { Status.State: Protocol.Messages.Presence.Offline } => $"{name} (offline)",
        { Status: null } => $"{name} (has no status)",
        { Meta: null } => $"{name} (has no meta)",
        _ => $"{name} (its model is not described)",
    };

    private static IEnumerable<string?> Texts(ValueMap values) => values.Select(entry => Text(entry.Value));

    private static string? Text(Value? value) => value is { Kind: ValueKind.Text } text ? text.AsText : null;
}
