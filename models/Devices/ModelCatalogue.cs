using System.Collections.Concurrent;
using System.Collections.Immutable;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Devices;

/// <summary>
/// Ready-made models of other people's devices, each as an emulated half (<c>tasmota-plug</c>) and an external one of the same shape
/// (<c>tasmota-plug-external</c>). Every fleet may name them; one is read when a fleet does. docs/models.md, "The catalogue".
/// </summary>
public static class ModelCatalogue
{
    private const string Prefix = "Catalogue/";
    private const string Ending = ".yaml";

    private static readonly ConcurrentDictionary<string, DeviceModel> Read = new(StringComparer.Ordinal);

    /// <summary>Their names, sorted.</summary>
    public static ImmutableSortedSet<string> Names { get; } =
    [
        .. typeof(ModelCatalogue).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Ending.Length]),
    ];

    /// <summary>The model of that name, or null.</summary>
    /// <param name="name">Its name.</param>
    public static DeviceModel? Find(string name) => Names.Contains(name) ? Read.GetOrAdd(name, Parse) : null;

    /// <summary>The file of the model of that name, to copy and change; null where there is none.</summary>
    /// <param name="name">Its name.</param>
    public static string? TextOf(string name)
    {
        if (!Names.Contains(name))
        {
            return null;
        }

        using var reader = new StreamReader(typeof(ModelCatalogue).Assembly.GetManifestResourceStream($"{Prefix}{name}{Ending}")!);
        return reader.ReadToEnd();
    }

    private static DeviceModel Parse(string name)
    {
        var diagnostics = new DiagnosticBag();
        return ModelFile.Parse(TextOf(name)!, $"({name})", diagnostics) is { } model && !diagnostics.HasErrors
            ? model
            : throw new InvalidOperationException($"a model of the catalogue is wrong: {string.Join(Environment.NewLine, diagnostics)}");
    }
}
