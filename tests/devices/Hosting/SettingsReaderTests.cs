using IotMqtt.Devices.Hosting;
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
            ["--connect-timeout", "5", "--brokr", "x", "--loops", "--root"],
            new() { ["IOTMQTT_SEED"] = "-1" },
            new() { ["Devices:Ledgr"] = "5", ["Devices:Queue"] = "0" });

        Assert.Equal(
            [
                "appsettings.json, Devices:Ledgr is no option; did you mean Devices:Ledger?",
                "appsettings.json, Devices:Queue is '0'; it takes a whole number of at least 1.",
                "IOTMQTT_SEED is '-1'; it takes a whole number.",
                "--connect-timeout is '5'; it takes a duration, such as 500ms or 10s.",
                "There is no option --brokr; did you mean --broker?",
                "--loops needs a value: a whole number of at least 1.",
                "--root needs a value: a topic without wildcards.",
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
            var value = new[] { "7m", "7", "mqtt://seven", "debug", "seven", "2/4" }.First(value => setting.Apply(new WorkerOptions(), value) is not null);
            var expected = setting.Apply(new WorkerOptions(), value);

            Assert.NotEqual(new WorkerOptions(), expected);
            Assert.Equal(expected, Read([$"--{setting.Name}", value], [], []).Options);
            Assert.Equal(expected, Read([], [], new() { [$"Devices:{setting.Key}"] = value }).Options);
            Assert.Equal(expected, Read([], new() { [setting.EnvironmentName] = value }, []).Options);
        }
    }

    [Fact]
    public void Every_option_has_a_name_and_a_key_of_its_own()
    {
        Assert.Equal(Settings.All.Count, Settings.All.Select(setting => setting.Name).Distinct().Count());
        Assert.Equal(Settings.All.Count, Settings.All.Select(setting => setting.Key).Distinct().Count());
        Assert.All(Settings.All, setting => Assert.Contains("--" + setting.Name, Usage.Text, StringComparison.Ordinal));
    }

    private static (WorkerOptions Options, IReadOnlyList<string> Errors) Read(
        string[] arguments, Dictionary<string, string> environment, Dictionary<string, string?> file) => SettingsReader.Read(
            arguments, new ConfigurationBuilder().AddInMemoryCollection(file).Build(), name => environment.GetValueOrDefault(name));
}
