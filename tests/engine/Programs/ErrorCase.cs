using System.Globalization;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Tests.Programs;

/// <summary>A program that something is wrong with, and what is said about it: one entry of a file in <c>Cases</c>.</summary>
/// <param name="File">The file of the case.</param>
/// <param name="Name">Its name.</param>
/// <param name="Files">The files of the case; the first is the program.</param>
/// <param name="Errors">What is said: <c>file:line:column: error: …</c>.</param>
/// <param name="BeyondSchema">The lines of the program whose errors a JSON Schema cannot tell, such as an order or an expression.</param>
public sealed record ErrorCase(
    string File, string Name, IReadOnlyList<KeyValuePair<string, string>> Files, IReadOnlyList<string> Errors, IReadOnlyList<int> BeyondSchema)
{
    /// <summary>The cases of a file.</summary>
    public static IEnumerable<ErrorCase> ReadAll(string file)
    {
        var diagnostics = new DiagnosticBag();
        var document = YamlFile.Read(Path.Combine(AppContext.BaseDirectory, "Programs", "Cases", file), diagnostics);
        Assert.Empty(diagnostics);
        foreach (var item in ((YamlList)document!).Items)
        {
            var map = (YamlMap)item;
            yield return new(
                file,
                ((YamlScalar)map.Find("name")!).Text,
                [.. ((YamlMap)map.Find("files")!).Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, ((YamlScalar)entry.Value).Text))],
                [.. ((YamlList)map.Find("errors")!).Items.Select(error => ((YamlScalar)error).Text)],
                [.. (map.Find("beyond-schema") as YamlList)?.Items.Select(line => int.Parse(((YamlScalar)line).Text, CultureInfo.InvariantCulture)) ?? []]);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Writes the files of the case into a folder of their own, and gives what is said about them with their bare names.</summary>
    public IReadOnlyList<string> Diagnose(Action<string, DiagnosticBag> diagnose)
    {
        var folder = Directory.CreateTempSubdirectory("iotmqtt-programs-");
        try
        {
            foreach (var (name, text) in Files)
            {
                System.IO.File.WriteAllText(Path.Combine(folder.FullName, name), text);
            }

            var diagnostics = new DiagnosticBag();
            diagnose(Path.Combine(folder.FullName, Files[0].Key), diagnostics);
            return [.. diagnostics.Select(diagnostic => diagnostic.ToString().Replace(folder.FullName + "/", "", StringComparison.Ordinal))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
