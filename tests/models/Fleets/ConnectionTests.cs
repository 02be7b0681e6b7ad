using IotMqtt.Models.Fleets;
using IotMqtt.Models.Fleets.Connections;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Tests.Fleets;

/// <summary><c>connection:</c> of a fleet, of an entry, and what a device gets of it. DESIGN sections 2 and 6.</summary>
public sealed class ConnectionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotmqtt-connection-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_an_entry_says_stands_before_what_the_fleet_says_key_by_key()
    {
        var fleet = Read(
            """
            fleet: f
            connection: { url: "mqtts://one:8883", username: "u-${serial}", password: p, client-id: "${id}-c", keep-alive: 20s }
            devices:
              - { id: "d${n}", model: hue-light, count: 2, vars: { serial: "S${n}" } }
              - { id: e, model: hue-light, vars: { serial: X }, connection: { url: ["mqtt://two", "ws://three/x"], version: 3.1.1, clean-start: false, session-expiry: 1m } }
            """);
        var d2 = fleet.Find("d2")!.Connection!;
        Assert.Equal(("u-S2", "p", "d2-c", TimeSpan.FromSeconds(20)), (d2.Username, d2.Password, d2.ClientId, d2.KeepAlive!.Value));
        Assert.Equal(["mqtts://one:8883"], d2.Urls);
        Assert.Equal((true, TimeSpan.Zero, MqttVersion.V5), (d2.CleanStart, d2.SessionExpiry, d2.Version));
        var e = fleet.Find("e")!.Connection!;
        Assert.Equal(["mqtt://two", "ws://three/x"], e.Urls);
        Assert.Equal(("u-X", "e-c", MqttVersion.V311, false, TimeSpan.FromMinutes(1)), (e.Username, e.ClientId, e.Version, e.CleanStart, e.SessionExpiry));
    }

    [Fact]
    public void Serials_and_secrets_come_from_a_table_and_from_the_environment()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "d.csv"), "id,serial,secret\nu-1,A1,s1\nu-2,A2,s2\n");
        var secret = Path.Combine(_folder.FullName, "secret");
        File.WriteAllText(secret, "from a file\n");
        var fleet = Read(
            "fleet: f\nconnection: { url: \"${env.BROKER}\", username: \"${serial}\", password: \"${secret}-${env.SALT}\" }\ndevices: [ { model: hue-light, from: d.csv } ]\n",
            name => name switch { "BROKER" => "mqtt://x:1", "SALT_FILE" => secret, _ => null });
        Assert.Equal(("A2", "s2-from a file"), (fleet.Find("u-2")!.Connection!.Username, fleet.Find("u-2")!.Connection!.Password));
        Assert.DoesNotContain("s2", fleet.Find("u-2")!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("connection: { password: \"${secrt}\" }", "2:28: error: there is no `secrt` here")]
    [InlineData("connection: { url: \"${env.NOWHERE}\" }", "2:27: error: the environment variable NOWHERE is not set")]
    [InlineData("connection: { url: \"http://x:${'s3cret'}@h\" }", "2:20: error: that is not the URL of a broker (for u-1)")]
    [InlineData("connection: { client-id: same }", "2:13: error: u-1 and u-2 would both have the client id \"same\"")]
    [InlineData("connection: { ca-file: none.pem }", "2:24: error: there is no file")]
    public void What_is_wrong_is_said_before_anything_connects(string connection, string expected)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "d.csv"), "id,serial\nu-1,A1\nu-2,A2\n");
        var text = $"fleet: f\n{connection}\ndevices: [ {{ model: hue-light, from: d.csv }} ]\n";
        var diagnostics = new DiagnosticBag();
        Assert.Null(FleetFile.Parse(text, Path.Combine(_folder.FullName, "f.yaml"), new FleetOptions { Environment = _ => null }, diagnostics));
        var all = diagnostics.Select(diagnostic => diagnostic.ToString()).ToArray();
        Assert.StartsWith(expected, all[0][(all[0].IndexOf("f.yaml:", StringComparison.Ordinal) + 7)..], StringComparison.Ordinal);
        Assert.DoesNotContain(all, line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    private FleetDefinition Read(string text, Func<string, string?>? environment = null)
    {
        var diagnostics = new DiagnosticBag();
        var fleet = FleetFile.Parse(text, Path.Combine(_folder.FullName, "f.yaml"), new FleetOptions { Environment = environment ?? (_ => null) }, diagnostics);
        Assert.Empty(diagnostics.Select(diagnostic => diagnostic.ToString()));
        return fleet!;
    }
}
