using IotMqtt.Models.Devices;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Tests.Devices;

public sealed class ModelCaseTests
{
    private const string Folder = "Devices/Cases";

    public static TheoryData<string> Cases => DiagnosticCase.In(Folder);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Everything_that_is_wrong_with_a_model_is_said_at_once(string name)
    {
        var expected = DiagnosticCase.Load(Folder, name);
        var diagnostics = new DiagnosticBag();

        ModelFile.Parse(expected.Document, "test.yaml", diagnostics);

        expected.Verify(diagnostics, "test.yaml");
    }
}
