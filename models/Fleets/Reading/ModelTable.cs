using System.Diagnostics.CodeAnalysis;
using IotMqtt.Models.Devices;

namespace IotMqtt.Models.Fleets.Reading;

/// <summary>The models that a fleet may name: the built-in ones, and those of its files.</summary>
internal sealed class ModelTable
{
    private readonly Dictionary<string, DeviceModel> _models = BuiltInModels.All.ToDictionary(model => model.Name, StringComparer.Ordinal);
    private readonly HashSet<string> _wrong = new(StringComparer.Ordinal);

    /// <summary>Whether models are missing whose names are not known, because their files cannot be read.</summary>
    public bool IsPart { get; set; }

    /// <summary>Their names.</summary>
    public IReadOnlyCollection<string> Names => _models.Keys;

    /// <summary>Adds a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="isWhole">Whether nothing is wrong with it.</param>
    /// <returns>False where its name is taken.</returns>
    public bool TryAdd(DeviceModel model, bool isWhole)
    {
        if (!_models.TryAdd(model.Name, model))
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
    public bool TryGet(string name, [NotNullWhen(true)] out DeviceModel? model) => _models.TryGetValue(name, out model);

    /// <summary>Whether something is wrong with the model of that name, so that parts of it may be missing.</summary>
    public bool IsWrong(string name) => _wrong.Contains(name);
}
