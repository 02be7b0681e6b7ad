using IotMqtt.Models.Chance;
using IotMqtt.Models.Faults;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Tests.Fleets;

public sealed class FleetFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotmqtt-fleet-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_home_has_its_three_devices()
    {
        var fleet = Read(Example("home.yaml"));

        Assert.Equal("home", fleet.Name);
        Assert.Equal(["bedroom-light: hue-light", "speaker: smart-speaker", "toilet: smart-toilet"], fleet.Devices.Select(device => $"{device.Id}: {device.Model.Name}"));
        Assert.Same(fleet.Devices[1], fleet.Find("speaker"));
        Assert.Null(fleet.Find("speakr"));
    }

    [Fact]
    public void Overrides_change_what_they_name_and_nothing_else()
    {
        var fleet = Read(Example("home-unequal.yaml"));

        var speaker = fleet.Find("speaker")!.Model;
        Assert.Equal([0.2, 0.1, 0.5, 0.5], speaker.Commands.Select(command => command.Takes.Mean.TotalSeconds));
        Assert.Equal("the speaker is off", speaker.FindCommand("play")!.Otherwise);
        Assert.NotEqual(Models.Devices.BuiltInModels.Find("smart-speaker")!.Hash, speaker.Hash);
    }

    [Fact]
    public void A_count_makes_devices_with_vars_labels_initial_values_and_faults()
    {
        var fleet = Read(Example("building.yaml"));

        Assert.Equal(41, fleet.Devices.Length);
        var device = fleet.Find("thermostat-11")!;
        Assert.Equal("TH000011", device.Vars["serial"].AsText);
        Assert.Equal("2", device.Labels["floor"]);
        Assert.Equal(21, device.Initial["target"].AsInteger);
        Assert.Same(fleet.Devices[0].Model, device.Model);
        var flaky = Assert.Single(fleet.Devices, device => device.Labels.ContainsKey("flaky"));
        var fault = Assert.Single(flaky.Faults);
        Assert.Equal(new DurationSpec.Uniform(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300)), fault.Latency);
        Assert.Equal(new RejectFault(0.1, "the sensor is busy"), fault.Reject);
    }

    [Fact]
    public void The_city_has_2000_devices_of_three_shared_models()
    {
        var fleet = Read(Example("city.yaml"));

        Assert.Equal(2000, fleet.Devices.Length);
        Assert.Equal(3, fleet.Devices.Select(device => device.Model).Distinct(ReferenceEqualityComparer.Instance).Count());
    }

    [Fact]
    public void Fifteen_thousand_devices_are_expanded_cheaply()
    {
        const string Yaml = """
            fleet: large
            devices:
              - id: unit-${pad(n, 5)}
                model: hue-light
                count: 15000
                vars: { serial: "SN${pad(n, 6)}" }
                labels: { site: lab }
            faults:
              - { on-devices: 5%, label: flaky, latency: 1s }
            """;
        _ = Parse(Yaml);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var fleet = Parse(Yaml);

        // Bytes, not milliseconds: they say the same and do not depend on what else the machine does.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 60_000_000);
        Assert.Equal(750, fleet.Devices.Count(device => !device.Faults.IsEmpty));
        Assert.Single(fleet.Devices.Where(device => device.Faults.IsEmpty).Select(device => device.Labels).Distinct(ReferenceEqualityComparer.Instance));
    }

    [Fact]
    public void The_seed_alone_decides_which_devices_a_share_means()
    {
        const string Yaml = """
            fleet: f
            devices: [{ id: "u-${n}", model: hue-light, count: 100 }]
            faults: [{ on-devices: 10%, hang: 100% }, { on-devices: 10%, hang: 50% }]
            """;
        string Flaky(ulong seed, double hang) => string.Join(',', Parse(Yaml, new() { Seed = seed })
            .Devices.Where(device => device.Faults.Any(fault => fault.Hang == hang)).Select(device => device.Id));

        Assert.Equal(Flaky(7, 1), Flaky(7, 1));
        Assert.NotEqual(Flaky(7, 1), Flaky(8, 1));
        Assert.NotEqual(Flaky(7, 1), Flaky(7, 0.5));
        Assert.Equal(10, Flaky(7, 1).Split(',').Length);
    }

    [Fact]
    public void Equal_overrides_share_one_model()
    {
        var fleet = Parse("""
            fleet: f
            devices:
              - { id: a, model: hue-light, commands: { switch-on: { takes: 1s } } }
              - { id: b, model: hue-light, commands: { switch-on: { takes: 1s } } }
              - { id: c, model: hue-light, commands: { switch-on: { takes: 2s } } }
              - { id: d, model: hue-light, commands: { switch-on: { takes: 500ms } } }
            """);

        Assert.Same(fleet.Devices[0].Model, fleet.Devices[1].Model);
        Assert.NotSame(fleet.Devices[0].Model, fleet.Devices[2].Model);
        Assert.Same(Models.Devices.BuiltInModels.Find("hue-light"), fleet.Devices[3].Model);
    }

    [Fact]
    public void Devices_come_from_a_table()
    {
        File.WriteAllText(Path.Combine(_folder, "devices.csv"), "id,serial,site\r\nunit-a,\"SN,1\",lab\r\n\r\nunit-b,\"say \"\"hi\"\"\",\"two\nlines\"\n");

        var fleet = Parse("""
            fleet: f
            devices:
              - from: devices.csv
                model: hue-light
                vars: { mark: "${serial}-${n}" }
                labels: { site: "${site}" }
            """);

        Assert.Equal(["unit-a", "unit-b"], fleet.Devices.Select(device => device.Id));
        Assert.Equal(["SN,1-1", "say \"hi\"-2"], fleet.Devices.Select(device => device.Vars["mark"].AsText));
        Assert.Equal(["lab", "two\nlines"], fleet.Devices.Select(device => device.Labels["site"]));
    }

    [Theory]
    [InlineData("", "1:1: error: the file is empty; the first row names the columns, each other is a device")]
    [InlineData("id,site\n", "1:1: error: there is no row after the names of the columns")]
    [InlineData("id;site\r\na;b\r\n", "1:1: error: this row is one column; separate columns with commas")]
    [InlineData("id,n,env,id\n1,2,3,4\n", "1:4: error: \"n\" cannot name a column", "1:6: error: \"env\" cannot name a column", "1:10: error: the column \"id\" is there twice")]
    [InlineData("id,site\na\nb,x,y\n", "2:1: error: this row has 1 value, the first has 2", "3:1: error: this row has 3 values, the first has 2; put values with commas in double quotes")]
    [InlineData("id,site\na,\"x\n", "2:3: error: this quoted value does not end; close it with a double quote")]
    [InlineData("id,site\na,\"x\"y\nb\"c,d\n", "2:6: error: text follows the closing quote of this value", "3:2: error: there is a quote within this value")]
    [InlineData(
        "site,id\n\"two\nlines\",a b\nx,a\n,a\ny,\n",
        "3:8: error: \"a b\" cannot be the id of a device", "5:2: error: the id a is there twice; it is on line 4 too", "6:3: error: \"\" cannot be the id of a device")]
    public void What_is_wrong_with_a_table_is_said_at_its_place_and_at_once(string table, params string[] errors)
    {
        File.WriteAllText(Path.Combine(_folder, "devices.csv"), table);
        var diagnostics = new DiagnosticBag();

        Assert.Null(FleetFile.Parse("fleet: f\ndevices: [ { from: devices.csv, model: hue-light } ]", Path.Combine(_folder, "fleet.yaml"), new(), diagnostics));

        Assert.Collection(diagnostics, [.. errors.Select(error => new Action<Diagnostic>(
            diagnostic => Assert.StartsWith($"{Path.Combine(_folder, "devices.csv")}:{error}", diagnostic.ToString(), StringComparison.Ordinal)))]);
    }

    [Fact]
    public void A_fleet_that_is_read_again_is_as_wrong_as_before()
    {
        var diagnostics = new DiagnosticBag();
        for (var time = 0; time < 2; time++)
        {
            Assert.Null(FleetFile.Parse("fleet: f\ndevices: [ { id: a b, model: hue-light } ]", "fleet.yaml", new(), diagnostics));
        }

        Assert.Single(diagnostics);
    }

    [Fact]
    public void The_environment_is_an_input()
    {
        const string Yaml = "fleet: f\ndevices: [{ id: a, model: hue-light, vars: { site: \"${env.SITE}\" } }]";

        Assert.Equal("lab", Parse(Yaml, new() { Environment = name => name == "SITE" ? "lab" : null }).Devices[0].Vars["site"].AsText);
    }

    [Fact]
    public void Errors_of_all_files_are_reported_at_once()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "models"));
        File.WriteAllText(Path.Combine(_folder, "models", "a.yaml"), "model: a\ncommands: { x: { takes: 5 } }");
        File.WriteAllText(Path.Combine(_folder, "models", "b.yaml"), "model: hue-light");
        var path = Path.Combine(_folder, "fleet.yaml");
        File.WriteAllText(path, "fleet: f\nmodels: [models/a.yaml, models/b.yaml, models/c.yaml]\ndevices:\n  - { id: x, model: hue-lihgt }\n  - { id: y, model: a, count: 2 }\n");
        var diagnostics = new DiagnosticBag();

        Assert.Null(FleetFile.Read(path, new(), diagnostics));

        Assert.Equal(
            [
                "fleet.yaml:2:25: error: hue-light is the name of a built-in model; give it another name",
                "fleet.yaml:2:40: error: there is no file models/c.yaml; the path is relative to this file",
                "fleet.yaml:4:21: error: there is no model \"hue-lihgt\"; did you mean \"hue-light\"?",
                "fleet.yaml:5:11: error: all devices of this entry would have this id; put ${n} into it",
                "models/a.yaml:2:25: error: takes must be a duration such as 500ms, 5s or 1m30s, but is \"5\"; write 5s",
            ],
            diagnostics.Select(diagnostic => diagnostic.ToString().Replace(_folder + "/", "", StringComparison.Ordinal)));
    }

    private static string Example(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "IotMqtt.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "examples", "fleets", name);
    }

    private static FleetDefinition Read(string path)
    {
        var diagnostics = new DiagnosticBag();
        var fleet = FleetFile.Read(path, new(), diagnostics);
        Assert.Empty(diagnostics);
        return fleet!;
    }

    private FleetDefinition Parse(string yaml, FleetOptions? options = null)
    {
        var diagnostics = new DiagnosticBag();
        var fleet = FleetFile.Parse(yaml, Path.Combine(_folder, "fleet.yaml"), options ?? new(), diagnostics);
        Assert.Empty(diagnostics);
        return fleet!;
    }
}
