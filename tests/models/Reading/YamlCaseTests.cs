using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Tests.Reading;

public sealed class YamlCaseTests
{
    private const string Folder = "Reading/Cases";

    public static TheoryData<string> Cases => DiagnosticCase.In(Folder);

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_strict_YAML_refuses_is_said_with_its_place_and_what_to_write(string name)
    {
        var expected = DiagnosticCase.Load(Folder, name);
        var diagnostics = new DiagnosticBag();

        var root = YamlFile.Parse(expected.Document, "test.yaml", diagnostics);

        Assert.Null(root);
        expected.Verify(diagnostics, "test.yaml");
    }
}
