using System.Diagnostics.CodeAnalysis;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Fleets.Reading;

/// <summary>The models that a fleet may name: the built-in ones, and those of its files.</summary>
internal sealed class ModelTable
{
    private readonly Dictionary<string, DeviceModel> _models = BuiltInModels.All.ToDictionary(model => model.Name, StringComparer.Ordinal);
    private readonly HashSet<string> _wrong = new(StringComparer.Ordinal);

    /// <summary>Whether models are missing whose names are not known, because their files cannot be read.</summary>
    public bool IsPart { get; set; }

    /// <summary>The name that is closest to one that is not there, those of the catalogue included; null: none is close.</summary>
    public string? Closest(string name) => Suggest.Closest(name, [.. _models.Keys, .. ModelCatalogue.Names]);

    /// <summary>What to write instead of a name that is not there; null: nothing is known to help.</summary>
    public string? Suggestion(string name) => Closest(name) is { } closest ? $"did you mean \"{closest}\"?" : Suggest.For(name, _models.Keys);

    /// <summary>Adds a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="isWhole">Whether nothing is wrong with it.</param>
    /// <returns>False where its name is taken.</returns>
    public bool TryAdd(DeviceModel model, bool isWhole)
    {
        if (ModelCatalogue.Names.Contains(model.Name) || !_models.TryAdd(model.Name, model))
        {
            return false;
        }

        if (!isWhole)
        {
            _wrong.Add(model.Name);
        }

        return true;
    }

    /// <summary>The model of that name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out DeviceModel? model) =>
        _models.TryGetValue(name, out model) || (model = ModelCatalogue.Find(name)) is not null;

    /// <summary>Whether something is wrong with the model of that name, so that parts of it may be missing.</summary>
    public bool IsWrong(string name) => _wrong.Contains(name);
}
