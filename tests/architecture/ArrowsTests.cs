using System.Xml.Linq;

namespace IotMqtt.Architecture.Tests;

/// <summary>The arrows of the design, section 1: which part may know which.</summary>
public sealed class ArrowsTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["protocol"] = [],
        ["models"] = [],
        ["broker"] = [],
        ["engine"] = ["models"],
        ["devices"] = ["models", "protocol"],
        ["orchestrator"] = ["broker", "devices", "engine", "models", "protocol"],
    };

    public static TheoryData<string> Parts => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_part_references_only_the_parts_that_its_arrows_allow(string part)
    {
        var project = Assert.Single(Directory.GetFiles(Path.Combine(Repository.Root, part), "*.csproj"));
        var referenced = XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileName(Path.GetDirectoryName((string)reference.Attribute("Include")!))!)
            .Order();

        Assert.Equal(Allowed[part], referenced);
    }

    [Fact]
    public void Only_the_embedded_folder_of_the_orchestrator_knows_broker_and_devices()
    {
        var offenders = Repository.Sources("orchestrator")
            .Where(file => !file.Contains("/Embedded/", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file).Select((line, index) => (file, line, number: index + 1)))
            .Where(hit => hit.line.Contains("IotMqtt.Broker", StringComparison.Ordinal) || hit.line.Contains("IotMqtt.Devices", StringComparison.Ordinal))
            .Select(hit => $"{hit.file}:{hit.number}: {hit.line.Trim()}");

        Assert.Empty(offenders);
    }

    [Fact]
    public void The_MQTT_client_library_stays_inside_the_protocol_and_the_broker()
    {
        var offenders = new[] { "models", "engine", "devices", "orchestrator" }
            .SelectMany(Repository.Sources)
            .Where(file => File.ReadAllText(file).Contains("using MQTTnet", StringComparison.Ordinal));

        Assert.Empty(offenders);
    }
}
