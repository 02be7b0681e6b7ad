using IotMqtt.Models.Devices.Reading;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Devices;

/// <summary>Reads and checks model files. DESIGN section 6; docs/models.md.</summary>
public static class ModelFile
{
    /// <summary>Reads a model file.</summary>
    /// <param name="path">The file, as the user wrote it.</param>
    /// <param name="diagnostics">Gets everything that is wrong.</param>
    /// <returns>The model, to go on checking with; null where there is none. It is to be used only where nothing was wrong.</returns>
    public static DeviceModel? Read(string path, DiagnosticBag diagnostics) =>
        YamlFile.ReadPart(path, diagnostics) is { } root ? ModelReader.Read(root, diagnostics) : null;

    /// <summary>Reads a model that is in memory.</summary>
    /// <param name="text">The model.</param>
    /// <param name="name">What diagnostics call it.</param>
    /// <param name="diagnostics">Gets everything that is wrong.</param>
    /// <returns>The model, to go on checking with; null where there is none. It is to be used only where nothing was wrong.</returns>
    public static DeviceModel? Parse(string text, string name, DiagnosticBag diagnostics) =>
        YamlFile.ParsePart(text, name, diagnostics) is { } root ? ModelReader.Read(root, diagnostics) : null;
}
