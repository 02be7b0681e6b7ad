using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Tests.Fleets;

/// <summary>What a fleet makes of the topics of its models' own.</summary>
public sealed class OwnTopicFleetTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotmqtt-own-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Two_devices_that_would_receive_the_same_topic_by_mistake_are_named_once() => Assert.Equal(
        ["model.yaml:3:15: error: u-1 and u-2 would both receive acme/downlink; put the id or a variable of the device into the topic, or write shared: true if that is meant"],
        Errors("model: m\nreceives:\n  x: { topic: acme/downlink }\n", "fleet: f\nmodels: [model.yaml]\ndevices: [{ id: \"u-${n}\", model: m, count: 3 }]\n"));

    [Fact]
    public void A_topic_that_is_shared_on_purpose_is_in_order() => Assert.Empty(
        Errors("model: m\nreceives:\n  x: { topic: acme/downlink, shared: true }\n", "fleet: f\nmodels: [model.yaml]\ndevices: [{ id: \"u-${n}\", model: m, count: 3 }]\n"));

    [Fact]
    public void A_variable_that_devices_do_not_have_is_said_where_it_is_used() => Assert.Equal(
        ["model.yaml:3:20: error: there is no `serail` here: m has no such property, and the device at fleet.yaml:3:12 no such variable; did you mean `serial`?"],
        Errors("model: m\nreceives:\n  x: { topic: \"a/${serail}\" }\n", "fleet: f\nmodels: [model.yaml]\ndevices: [ { id: u, model: m, vars: { serial: 1 } } ]\n"));

    [Fact]
    public void A_topic_that_a_variable_makes_none_is_said_before_anything_runs() => Assert.Equal(
        [
            "model.yaml:3:15: error: \"a/x#\" is no topic filter: \"+\" stands for one whole level, \"#\" for all levels at the end (for u)",
            "model.yaml:4:22: error: \"b/x#\" has a wildcard: a message is published to one topic (for u)",
        ],
        Errors(
            "model: m\nreceives:\n  x: { topic: \"a/${s}\" }\nsends: { y: { topic: \"b/${s}\" } }\n",
            "fleet: f\nmodels: [model.yaml]\ndevices: [{ id: u, model: m, vars: { s: \"x#\" } }]\n"));

    private string[] Errors(string model, string fleet)
    {
        var path = Path.Combine(_folder.FullName, "fleet.yaml");
        File.WriteAllText(Path.Combine(_folder.FullName, "model.yaml"), model);
        File.WriteAllText(path, fleet);
        var diagnostics = new DiagnosticBag();
        FleetFile.Read(path, new FleetOptions(), diagnostics);
        return [.. diagnostics.Select(diagnostic => diagnostic.ToString().Replace(_folder.FullName + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];
    }
}
