using IotMqtt.Devices.Hosting;
using IotMqtt.Hosting.Options;
using Microsoft.Extensions.Configuration;

namespace IotMqtt.Devices.Tests.Hosting;

public sealed class SettingsReaderTests
{
    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_the_file()
    {
        var (options, errors) = Read(
            ["--broker", "mqtt://line:1", "--seed=3"],
            new() { ["IOTMQTT_BROKER"] = "mqtt://environment:1", ["IOTMQTT_ROOT"] = "environment", ["IOTMQTT_FLEET"] = "" },
            new() { ["Devices:Broker"] = "mqtt://file:1", ["Devices:Root"] = "file", ["Devices:Fleet"] = "file.yaml" });

        Assert.Empty(errors);
        Assert.Equal("mqtt://line:1", options.Fleet.Broker.ToString());
        Assert.Equal("environment", options.Fleet.Root.ToString());
        Assert.Equal("file.yaml", options.FleetFile);
        Assert.Equal(3UL, options.Fleet.Seed);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_with_its_place()
    {
        var (_, errors) = Read(
            ["--connect-timeout", "5", "--brokr", "x", "--loops", "--root", "r", "--fleet"],
            new() { ["IOTMQTT_SEED"] = "-1", ["IOTMQTT_SED"] = "1", ["IOTMQTT_BROKER_SEED"] = "1", ["IOTMQTT_REQUIRE_DOCKER"] = "1" },
            new() { ["Devices:Ledgr"] = "5", ["Devices:Queue"] = "0" });

        Assert.Equal(
            [
                "'--brokr' is no option of iotmqtt-devices; did you mean --broker?",
                "--loops needs a value: N",
                "--fleet needs a value: FILE",
                "The environment variable IOTMQTT_SED is no option; did you mean IOTMQTT_SEED?",
                "appsettings.json, Devices:Ledgr is no option; did you mean Devices:Ledger?",
                "IOTMQTT_SEED is '-1'; it takes a whole number",
                "--connect-timeout is '5'; it takes a duration, such as 500ms or 10s",
                "appsettings.json, Devices:Queue is '0'; it takes a whole number of at least 1",
            ],
            errors);
    }

    [Fact]
    public void A_broker_url_that_is_none_is_not_repeated_as_it_may_hold_a_password()
    {
        var (_, errors) = Read(["--broker", "http://me:secret@host"], [], []);

        Assert.DoesNotContain("secret", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_can_be_set_from_each_place_and_changes_something()
    {
        foreach (var setting in Settings.All)
        {
            var value = new[] { "7m", "7", "mqtt://seven", "debug", "json", "seven", "2/4" }.First(value => setting.Apply(new WorkerOptions(), value) is not null);
            var expected = setting.Apply(new WorkerOptions(), value);

            Assert.NotEqual(new WorkerOptions(), expected);
            Assert.Equal(expected, Read([$"--{setting.Name}", value], [], []).Options);
            Assert.Equal(expected, Read([], [], new() { [Settings.Names.Place(setting.Name)] = value }).Options);
            Assert.Equal(expected, Read([], new() { [Settings.Names.Variable(setting.Name)] = value }, []).Options);
        }
    }

    [Fact]
    public void The_old_name_of_an_option_is_taken_and_said()
    {
        var reading = DevicesProgram.Read([], new Dictionary<string, string> { ["IOTMQTT_CA_FILE"] = "ca.pem" }, SettingsFile.Standard);

        Assert.Equal("ca.pem", reading.Options(new()).Options.Fleet.Tls.CaFile);
        Assert.Equal("IOTMQTT_CA_FILE is the old name of IOTMQTT_TLS_CA, and will go", Assert.Single(reading.Source.Warnings));
    }

    [Fact]
    public void A_secret_may_stand_in_a_file_and_is_not_repeated()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "s3cret\r\n");
        var (options, errors) = Read([], new() { ["IOTMQTT_PASSWORD_FILE"] = path, ["IOTMQTT_HEALTH_FILE"] = "/x" }, []);
        File.Delete(path);

        Assert.Empty(errors);
        Assert.Equal(("s3cret", "/x"), (options.Fleet.Password, options.HealthFile));
    }

    private static (WorkerOptions Options, IReadOnlyList<string> Errors) Read(
        string[] arguments, Dictionary<string, string> environment, Dictionary<string, string?> file) => DevicesProgram.Read(
            arguments, environment, (names, options) => SettingsFile.Of(names, options, new ConfigurationBuilder().AddInMemoryCollection(file).Build())).Options(new());
}
