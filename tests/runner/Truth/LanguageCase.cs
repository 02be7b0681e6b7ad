using System.Text;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Runner.Tests.Truth;

/// <summary>
/// A case of <c>tests/engine/Cases</c> with real devices in place of the scripted ones: models whose commands take as long, and are refused
/// where the case refuses them.
/// </summary>
internal static class LanguageCase
{
    /// <summary>The same moment in two branches is one moment in virtual time only: which comes first is chance over a network.</summary>
    private static readonly HashSet<string> DecidedByTheMoment = new(StringComparer.Ordinal) { "timeout-in-time", "endless-loop", "undo-after" };

    private static readonly HashSet<string> Spoken = new(StringComparer.Ordinal) { "about", "program", "files", "params", "devices", "trace", "errors", "exit", "caught", "tolerated", "critical", "details" };

    /// <returns>Null where the case needs a device that was invented for it, or something that happens beside the program.</returns>
    public static TruthCase? TryLoad(string path)
    {
        var diagnostics = new DiagnosticBag();
        var root = (YamlMap)YamlFile.Read(path, diagnostics)!;
        Assert.Empty(diagnostics);
        var name = Path.GetFileNameWithoutExtension(path);
        if (DecidedByTheMoment.Contains(name) || root.Entries.Any(entry => !Spoken.Contains(entry.Key.Text)) || Fleet(root) is not { } fleet)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("iotmqtt-truth-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "fleet.yaml"), fleet.Fleet);
            foreach (var (model, text) in fleet.Models)
            {
                File.WriteAllText(Path.Combine(folder.FullName, $"{model}.yaml"), text);
            }

            foreach (var file in Entries(root, "files"))
            {
                File.WriteAllText(Path.Combine(folder.FullName, file.Key.Text), ((YamlScalar)file.Value).Text);
            }

            var program = Path.Combine(folder.FullName, $"{name}.yaml");
            File.WriteAllText(program, $"program: case\nfleet: fleet.yaml\n{((YamlScalar)Find(root, "program")!).Text}");
            var parameters = Find(root, "params") is { } given ? NodeReader.Value(given, diagnostics)!.Value.AsMap : ValueMap.Empty;
            return TruthCase.Load(program, parameters, isStrict: false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (string Fleet, IReadOnlyDictionary<string, string> Models)? Fleet(YamlMap root)
    {
        var fleet = new StringBuilder("fleet: case\ndevices:\n");
        var models = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var device in Entries(root, "devices"))
        {
            var identity = Entries((YamlMap)device.Value, "is").ToDictionary(entry => entry.Key.Text, entry => entry.Value);
            if (identity.Keys.Any(key => key is not ("model" or "labels")) || Model((YamlMap)device.Value) is not { } body)
            {
                return null;
            }

            var model = identity.TryGetValue("model", out var named) ? ((YamlScalar)named).Text : $"thing-{device.Key.Text}";
            if (models.TryGetValue(model, out var other) && other != $"model: {model}\n{body}")
            {
                return null;
            }

            models[model] = $"model: {model}\n{body}";
            var labels = identity.TryGetValue("labels", out var given)
                ? string.Join(", ", ((YamlMap)given).Entries.Select(label => $"{label.Key.Text}: \"{((YamlScalar)label.Value).Text}\""))
                : "";
            fleet.AppendLine($"  - {{ id: {device.Key.Text}, model: {model}, labels: {{ {labels} }} }}");
        }

        return models.Count == 0 ? null : ($"models: [{string.Join(", ", models.Keys.Select(model => $"{model}.yaml"))}]\n{fleet}", models);
    }

    /// <returns>Null where no model does that.</returns>
    private static string? Model(YamlMap device)
    {
        var model = new StringBuilder("properties: { broken: integer }\nevents: [ motion, light, tick, alarm, rang, gone, done ]\ncommands:\n  idle: { takes: 0ms }\n");
        foreach (var command in device.Entries.Where(entry => entry.Key.Text != "is"))
        {
            // Where the case has another script for each call, the model has the first of them.
            if (Command(command.Value is YamlList { Items: [var first, ..] } ? first : command.Value) is not { } body)
            {
                return null;
            }

            model.AppendLine($"  {command.Key.Text}: {{ {body} }}");
        }

        return model.ToString();
    }

    private static string? Command(YamlNode script)
    {
        if (script is YamlScalar scalar)
        {
            return $"takes: {scalar.Text}";
        }

        var takes = "takes: 0ms";
        var rest = "";
        foreach (var entry in ((YamlMap)script).Entries)
        {
            switch (entry.Key.Text)
            {
                case "takes":
                    takes = $"takes: {((YamlScalar)entry.Value).Text}";
                    break;
                case "hang":
                    takes = "takes: 1h";
                    break;
                case "reject":
                    rest += $", requires: false, otherwise: \"{((YamlScalar)entry.Value).Text}\"";
                    break;
                case "fail":
                    // What is computed is of the wrong type: the command fails.
                    rest += ", set: { broken: \"${'it broke'}\" }";
                    break;
                case "result" when entry.Value is YamlScalar result:
                    rest += $", result: {result.Text}";
                    break;
                case "phases":
                    break;
                default:
                    return null;
            }
        }

        return takes + rest;
    }

    private static YamlNode? Find(YamlMap map, string key) => map.Entries.FirstOrDefault(entry => entry.Key.Text == key)?.Value;

    private static IEnumerable<YamlEntry> Entries(YamlMap map, string key) => Find(map, key) is YamlMap found ? found.Entries : [];
}
