using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Tests.Fleets;

public sealed class FleetCaseTests
{
    private const string Folder = "Fleets/Cases";

    public static TheoryData<string> Cases => DiagnosticCase.In(Folder);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Everything_that_is_wrong_with_a_fleet_is_said_at_once(string name)
    {
        var expected = DiagnosticCase.Load(Folder, name);
        var diagnostics = new DiagnosticBag();

        var fleet = FleetFile.Parse(expected.Document, "test.yaml", new() { Environment = _ => null }, diagnostics);

        Assert.Null(fleet);
        expected.Verify(diagnostics, "test.yaml");
    }
}
