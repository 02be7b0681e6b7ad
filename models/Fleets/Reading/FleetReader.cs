using IotMqtt.Models.Devices;
using IotMqtt.Models.Devices.Reading;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Fleets.Reading;

/// <summary>Reads a fleet: its models, its devices, its faults.</summary>
internal sealed class FleetReader(string path, FleetOptions options, DiagnosticBag diagnostics)
{
    private readonly ModelTable _models = new();

    public FleetDefinition? Read(YamlNode root)
    {
        if (MapReader.Open(root, "a fleet", diagnostics) is not { } map)
        {
            return null;
        }

        var name = map.RequireText("fleet");
        if (name is not null)
        {
            ModelNames.CheckEntity(map.Take("fleet")!.At, name, "a fleet", diagnostics);
        }

        ReadModels(map.List("models"));
        var entries = map.Require("devices") is null ? [] : map.List("devices");
        var faults = map.List("faults");
        var connection = map.Take("connection") is { } node ? ConnectionReader.Read(node, diagnostics) : null;
        map.Done();
        if (map.Take("devices") is YamlList { IsEmpty: true } none)
        {
            diagnostics.Error(none.At, "a fleet needs at least one device");
        }

        var roster = new DeviceRoster(diagnostics);
        var reader = new DeviceReader(path, _models, options, connection, roster, diagnostics);
        foreach (var entry in entries)
        {
            reader.Read(entry);
        }

        var read = new FaultAssignments(_models, roster, options.Seed, diagnostics);
        for (var index = 0; index < faults.Count; index++)
        {
            read.Read(faults[index], index);
        }

        var devices = roster.Build();
        new OwnTopicCheck(diagnostics).Check(devices);
        ClientIdCheck.Check(devices, diagnostics);
        return new FleetDefinition { Name = name ?? "?", Devices = devices };
    }

    private void ReadModels(IReadOnlyList<YamlNode> files)
    {
        foreach (var model in options.Models)
        {
            if (!_models.TryAdd(model, isWhole: true))
            {
                diagnostics.Error(SourcePosition.None with { File = path }, $"the model {model.Name} was given, and its name is taken", "give it another name");
            }
        }

        foreach (var file in files)
        {
            if (NodeReader.Text(file, "a model file", diagnostics) is not { } relative)
            {
                _models.IsPart = true;
                continue;
            }

            var before = diagnostics.Noted;
            var resolved = FilePaths.Resolve(path, relative);
            if (!File.Exists(resolved))
            {
                diagnostics.LookedFor(resolved);
                diagnostics.Error(file.At, $"there is no file {resolved}", "the path is relative to this file");
                _models.IsPart = true;
                continue;
            }

            var model = ModelFile.Read(resolved, diagnostics);
            var isWhole = diagnostics.Noted == before;
            if (model is null)
            {
                _models.IsPart = true;
            }
            else if (!_models.TryAdd(model, isWhole) && isWhole)
            {
                diagnostics.Error(file.At, BuiltInModels.Find(model.Name) is null && !ModelCatalogue.Names.Contains(model.Name)
                    ? $"the model {model.Name} is there twice"
                    : $"{model.Name} is the name of a built-in model", "give it another name");
            }
        }
    }
}
