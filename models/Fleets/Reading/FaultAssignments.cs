using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices.Reading;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Fleets.Reading;

/// <summary>Reads the entries of <c>faults:</c> and gives them to the devices that they are for.</summary>
internal sealed class FaultAssignments(ModelTable models, DeviceRoster roster, ulong seed, DiagnosticBag diagnostics)
{
    public void Read(YamlNode node, int index)
    {
        if (MapReader.Open(node, "a fault", diagnostics) is not { } map)
        {
            return;
        }

        var before = diagnostics.Noted;
        var devices = map.Require("on-devices") is { } selection ? Select(selection, index) : [];
        var label = map.Text("label");
        if (label is not null)
        {
            ModelNames.CheckEntity(map.Take("label")!.At, label, "a label", diagnostics);
        }

        var fault = FaultReader.Read(map, $"faults[{index}] of {map.At.File}");
        map.Done();
        if (diagnostics.Noted != before)
        {
            return;
        }

        foreach (var device in devices)
        {
            roster.AddFault(device, fault, label);
        }
    }

    private IEnumerable<int> Select(YamlNode node, int index) => node switch
    {
        YamlScalar { Text: [.., '%'] } => Share(All(), NodeReader.Percent(node, "on-devices", diagnostics) ?? 0, index),
        YamlMap => Matching(node, index),
        YamlList list => [.. list.Items.SelectMany(One)],
        _ => One(node),
    };

    private List<int> All() => [.. Enumerable.Range(0, roster.Devices.Count)];

    private IEnumerable<int> One(YamlNode node)
    {
        if (NodeReader.Text(node, "on-devices", diagnostics) is not { } id)
        {
            return [];
        }

        var device = roster.IndexOf(id);
        if (device >= 0)
        {
            return [device];
        }

        if (!roster.IsPart)
        {
            diagnostics.Error(node.At, $"there is no device \"{id}\"", Suggest.For(id, roster.Ids));
        }

        return [];
    }

    private IEnumerable<int> Matching(YamlNode node, int index)
    {
        var before = diagnostics.Noted;
        var map = MapReader.Open(node, "on-devices", diagnostics)!;
        var model = map.Text("model");
        var labels = map.Entries("labels");
        var share = map.Percent("share");
        map.Done();
        if (model is not null && !models.IsPart && !models.TryGet(model, out _))
        {
            diagnostics.Error(map.Take("model")!.At, $"there is no model \"{model}\"", models.Suggestion(model));
        }

        var wanted = labels.Select(label => (label.Key.Text, NodeReader.AnyText(label.Value, label.Key.Text, diagnostics))).ToArray();
        var matching = All().Where(device => Matches(roster.Devices[device], model, wanted)).ToList();
        if (matching.Count == 0 && !roster.IsPart && !models.IsPart && diagnostics.Noted == before)
        {
            diagnostics.Error(node.At, "no device is meant by this");
        }

        return share is null ? matching : Share(matching, share.Value, index);
    }

    private static bool Matches(DeviceDefinition device, string? model, (string Name, string? Value)[] labels) =>
        (model is null || device.Model.Name == model) && labels.All(label => device.Labels.GetValueOrDefault(label.Name) == label.Value);

    /// <summary>So many of the devices, rounded up: those with the least hashes of seed, fault and id, whoever asks.</summary>
    private IEnumerable<int> Share(List<int> devices, double percent, int index)
    {
        var salt = SeededChance.Derive(seed, $"fault/{index}");
        var count = (int)Math.Ceiling(devices.Count * percent / 100);
        return devices
            .OrderBy(device => SeededChance.Derive(salt, roster.Devices[device].Id))
            .Take(count)
            .Order();
    }
}
