using System.Collections.Immutable;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Devices;

/// <summary>The models that every fleet may name: hue-light, smart-speaker, smart-toilet. They are YAML within the assembly.</summary>
public static class BuiltInModels
{
    private const string Prefix = "BuiltIn/";

    private static readonly Lazy<ImmutableArray<DeviceModel>> Read = new(ReadAll);

    /// <summary>All of them, by name.</summary>
    public static ImmutableArray<DeviceModel> All => Read.Value;

    /// <summary>The built-in model of that name, or null.</summary>
    public static DeviceModel? Find(string name) => All.FirstOrDefault(model => model.Name == name);

    private static ImmutableArray<DeviceModel> ReadAll()
    {
        var assembly = typeof(BuiltInModels).Assembly;
        var models = ImmutableArray.CreateBuilder<DeviceModel>();
        var diagnostics = new DiagnosticBag();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            if (ModelFile.Parse(reader.ReadToEnd(), $"({resource})", diagnostics) is { } model)
            {
                models.Add(model);
            }
        }

        return diagnostics.HasErrors
            ? throw new InvalidOperationException($"a built-in model is wrong: {string.Join(Environment.NewLine, diagnostics)}")
            : models.ToImmutable();
    }
}
