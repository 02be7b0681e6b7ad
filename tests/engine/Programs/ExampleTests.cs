using IotMqtt.Engine.Programs;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Tests.Programs;

public sealed class ExampleTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "examples", "programs");

    public static TheoryData<string> Programs => [.. Directory.GetFiles(Folder, "*.yaml").Select(file => Path.GetFileName(file)).Order()];

    [Theory]
    [MemberData(nameof(Programs))]
    public void An_example_loads_with_its_fleet(string file)
    {
        var diagnostics = new DiagnosticBag();
        var loaded = ProgramLoader.Load(
            new()
            {
                Path = Path.Combine(Folder, file),
                Set = file == "scene.yaml" ? [new("light", "bedroom-light")] : [],
            },
            diagnostics);
        Assert.Empty(diagnostics);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), loaded!.Program.Name);
    }
}
