using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Tests;

/// <summary>
/// A case file: a <c>document</c> (or several, by file name) and the <c>errors</c> that must be reported for it, in order. An error
/// is matched by its beginning, <c>line:column: error: message</c>, or by any part of it.
/// </summary>
internal sealed record DiagnosticCase(string Document, IReadOnlyList<string> Errors)
{
    public static TheoryData<string> In(string folder)
    {
        var names = Directory.EnumerateFiles(PathOf(folder), "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);
        return [.. names];
    }

    public static DiagnosticCase Load(string folder, string name)
    {
        var diagnostics = new DiagnosticBag();
        var path = Path.Combine(PathOf(folder), name + ".yaml");
        var root = YamlFile.Read(path, diagnostics);
        Assert.Empty(diagnostics);
        var map = MapReader.Open(root!, "a case", diagnostics)!;
        var read = new DiagnosticCase(
            ((YamlScalar)map.Require("document")!).Text,
            [.. map.List("errors").Select(error => ((YamlScalar)error).Text)]);
        map.Done();
        Assert.Empty(diagnostics);
        return read;
    }

    public void Verify(IEnumerable<Diagnostic> diagnostics, string file)
    {
        var reported = diagnostics.Select(diagnostic => diagnostic.ToString().Replace(file + ":", "", StringComparison.Ordinal)).ToArray();
        Assert.True(
            reported.Length == Errors.Count && reported.Zip(Errors).All(pair => pair.First.Contains(pair.Second, StringComparison.Ordinal)),
            $"expected:\n  {string.Join("\n  ", Errors)}\nreported:\n  {string.Join("\n  ", reported)}");
    }

    private static string PathOf(string folder) => Path.Combine(AppContext.BaseDirectory, folder);
}
