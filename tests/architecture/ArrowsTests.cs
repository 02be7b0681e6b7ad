using System.Xml.Linq;

namespace IotMqtt.Architecture.Tests;

/// <summary>The arrows of the design, section 1: which part may know which.</summary>
public sealed class ArrowsTests
{
    /// <summary>Project, by its folder, to the folders of the projects that it may reference.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["protocol"] = [],
        ["models"] = [],
        ["broker/library"] = [],
        ["hosting"] = [],
        ["broker"] = ["broker/library", "hosting"],
        ["engine"] = ["models"],
        ["devices/library"] = ["models", "protocol"],
        ["devices"] = ["devices/library", "hosting"],
        ["runner"] = ["broker/library", "devices/library", "engine", "models", "protocol"],
        ["orchestrator"] = ["hosting", "runner"],
        ["testing/xunit"] = ["testing"],
        ["testing/containers"] = [],
        ["testing/aspire"] = ["models", "protocol"],
        ["testing"] = ["broker/library", "engine", "models", "protocol", "runner"],
    };

    /// <summary>What a library does not bring along: a terminal, a command line, a host of its own.</summary>
    private static readonly string[] OfPrograms = ["Spectre.Console", "System.CommandLine", "Microsoft.Extensions.Hosting"];

    public static TheoryData<string> Parts => [.. Allowed.Keys];

    public static TheoryData<string> Libraries => ["protocol", "models", "broker/library", "engine", "devices/library", "runner", "testing", "testing/xunit", "testing/containers", "testing/aspire"];

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_part_references_only_the_parts_that_its_arrows_allow(string part)
    {
        var referenced = Project(part).Descendants("ProjectReference")
            .Select(reference => (string)reference.Attribute("Include")!)
            .Select(path => Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, part, Path.GetDirectoryName(path)!))))
            .Order();

        Assert.Equal(Allowed[part], referenced);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_brings_no_terminal_and_no_program(string part)
    {
        var project = Project(part);

        Assert.DoesNotContain(project.Descendants("PackageReference"), package => OfPrograms.Contains((string)package.Attribute("Include")!));
        Assert.Empty(project.Descendants("OutputType"));
    }

    [Fact]
    public void Only_the_embedded_folder_of_the_runner_knows_broker_and_devices()
    {
        var offenders = new[] { "runner", "orchestrator" }
            .SelectMany(Repository.Sources)
            .Where(file => !file.Contains("/Embedded/", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file).Select((line, index) => (file, line, number: index + 1)))
            .Where(hit => hit.line.Contains("IotMqtt.Broker", StringComparison.Ordinal) || hit.line.Contains("IotMqtt.Devices", StringComparison.Ordinal))
            .Select(hit => $"{hit.file}:{hit.number}: {hit.line.Trim()}");

        Assert.Empty(offenders);
    }

    [Fact]
    public void The_MQTT_client_library_stays_inside_the_protocol_and_the_broker()
    {
        var offenders = new[] { "models", "engine", "devices", "runner", "orchestrator", "testing" }
            .SelectMany(Repository.Sources)
            .Where(file => File.ReadAllText(file).Contains("using MQTTnet", StringComparison.Ordinal));

        Assert.Empty(offenders);
    }

    /// <summary>Models and protocol know nothing of each other, so the wire's words stand in both: this holds them one.</summary>
    [Fact]
    public void Models_and_the_wire_have_the_same_error_codes()
    {
        Assert.Equal(Words("protocol/Messages/ErrorCodes.cs"), Words("models/Behaviour/ErrorCode.cs"));

        static IEnumerable<string> Words(string file) => File.ReadLines(Path.Combine(Repository.Root, file))
            .Where(line => line.Contains("const string", StringComparison.Ordinal)).Select(line => line.Trim()).Order(StringComparer.Ordinal);
    }

    private static XDocument Project(string part) =>
        XDocument.Load(Assert.Single(Directory.GetFiles(Path.Combine(Repository.Root, part), "*.csproj")));
}
