using System.Collections.Immutable;
using IotMqtt.Engine.Programs;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Runner.Tests.Truth;

/// <summary>A program that must come to the same wherever it runs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Program">The program.</param>
/// <param name="Fleet">Its devices.</param>
/// <param name="Parameters">Its parameters.</param>
internal sealed record TruthCase(string Name, DeviceProgram Program, FleetDefinition Fleet, ValueMap Parameters)
{
    /// <summary>The examples, each with its own fleet.</summary>
    public static IEnumerable<TruthCase> Examples => Files("examples", "programs").Select(path => Load(path)!);

    /// <summary>The cases of the language whose devices a model can be, where nothing happens beside the program, and that nobody has to wait long for.</summary>
    public static IEnumerable<TruthCase> Language => Files("Cases").Select(LanguageCase.TryLoad).OfType<TruthCase>().Where(Truths.IsShort);

    /// <summary>What messages are, and how they are judged.</summary>
    public static IEnumerable<TruthCase> Messages => Files("Truth", "Cases").Select(path => Load(path)!);

    /// <returns>Null where it does not fit its fleet.</returns>
    public static TruthCase? Load(string path, ValueMap? parameters = null, bool isStrict = true)
    {
        var diagnostics = new DiagnosticBag();
        var name = Path.GetFileNameWithoutExtension(path);
        ImmutableArray<KeyValuePair<string, string>> set = name == "scene" ? [new("light", "bedroom-light")] : [];
        var options = new ProgramLoadOptions { Path = path, Set = set, NeedsParameters = parameters is null, Seed = Truths.Seed };
        var loaded = ProgramLoader.Load(options, diagnostics);
        if (isStrict)
        {
            Assert.Empty(diagnostics);
        }

        return loaded is null ? null : new TruthCase(name, loaded.Program, loaded.Fleet!, parameters ?? loaded.Inputs.Parameters);
    }

    private static IEnumerable<string> Files(params string[] folder) =>
        Directory.EnumerateFiles(Path.Combine([AppContext.BaseDirectory, .. folder]), "*.yaml").Order(StringComparer.Ordinal);
}
