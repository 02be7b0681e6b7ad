using IotMqtt.Broker.Hosting;
using IotMqtt.Hosting.Options;
using Microsoft.Extensions.Configuration;

namespace IotMqtt.Broker.Tests.Hosting;

public sealed class SettingsReaderTests
{
    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_the_file()
    {
        var (options, errors) = Read(
            ["--port=3"],
            new() { ["Broker:Port"] = "1", ["Broker:MaxPacketSize"] = "64KiB", ["Broker:Host"] = "::1" },
            new() { ["IOTMQTT_BROKER_PORT"] = "2", ["IOTMQTT_BROKER_HOST"] = "localhost" });

        Assert.Empty(errors);
        Assert.Equal((3, 65_536, "localhost"), (options.Broker.Port, options.Broker.MaxPacketSize, options.Broker.Host));
    }

    [Fact]
    public void Every_setting_can_be_set_from_each_place_and_changes_something()
    {
        foreach (var setting in Settings.All)
        {
            var value = new[] { "7m", "7", "debug", "json", "true", "seven" }.First(value => setting.Apply(new ProgramOptions(), value) is not null);
            var expected = setting.Apply(new ProgramOptions(), value);

            Assert.NotEqual(new ProgramOptions(), expected);
            Assert.Equal(expected, Read([$"--{setting.Name}", value]).Options);
            Assert.Equal(expected, Read([], file: new() { [Settings.Names.Place(setting.Name)] = value }).Options);
            Assert.Equal(expected, Read([], environment: new() { [Settings.Names.Variable(setting.Name)] = value }).Options);
        }
    }

    [Fact]
    public void The_errors_of_all_places_are_said_with_where_they_are()
    {
        var (_, errors) = Read(["--port", "x"], new() { ["Broker:MaxInFlight"] = "y" }, new() { ["IOTMQTT_BROKER_CONNECT_TIMEOUT"] = "10" });

        Assert.Equal(3, errors.Count);
        Assert.Contains(errors, error => error.StartsWith("appsettings.json, Broker:MaxInFlight is 'y'", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.StartsWith("IOTMQTT_BROKER_CONNECT_TIMEOUT is '10'", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.StartsWith("--port is 'x'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_variable_that_is_no_option_is_said()
    {
        var (_, errors) = Read([], environment: new() { ["IOTMQTT_BROKER_PROT"] = "1", ["IOTMQTT_BROKER"] = "mqtt://x", ["IOTMQTT_BROKER_PASSWRD_FILE"] = "/x" });

        Assert.Equal(
            [
                "The environment variable IOTMQTT_BROKER_PASSWRD_FILE is no option; did you mean IOTMQTT_BROKER_PASSWORD?",
                "The environment variable IOTMQTT_BROKER_PROT is no option; did you mean IOTMQTT_BROKER_PORT?",
            ],
            errors);
    }

    [Fact]
    public void A_secret_may_stand_in_a_file()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "s3cret\n");
        var (options, errors) = Read([], environment: new() { ["IOTMQTT_BROKER_USERNAME"] = "ann", ["IOTMQTT_BROKER_PASSWORD_FILE"] = path });
        File.Delete(path);
        var (_, missing) = Read([], environment: new() { ["IOTMQTT_BROKER_PASSWORD_FILE"] = path });
        var (_, twice) = Read([], environment: new() { ["IOTMQTT_BROKER_PASSWORD_FILE"] = path, ["IOTMQTT_BROKER_PASSWORD"] = "x" });

        Assert.Empty(errors);
        Assert.Equal(("ann", "s3cret"), (options.Broker.Username, options.Broker.Password));
        Assert.Contains("cannot be read", Assert.Single(missing), StringComparison.Ordinal);
        Assert.Contains("are both set", Assert.Single(twice), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_file_sets_and_nobody_knows_is_said()
    {
        var (_, errors) = Read([], new() { ["Broker:Prot"] = "1", ["Broker:tls:port"] = "2", ["Broker:MaxSubscriptionsPerSession"] = "3", ["Logging:LogLevel:Default"] = "x" });

        Assert.Equal("appsettings.json, Broker:Prot is no option; did you mean Broker:Port?", Assert.Single(errors));
    }

    [Fact]
    public void An_empty_variable_sets_nothing()
    {
        var (options, errors) = Read([], environment: new() { ["IOTMQTT_BROKER_PORT"] = "" });

        Assert.Empty(errors);
        Assert.Equal(1883, options.Broker.Port);
    }

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("10s", 10_000)]
    [InlineData("1.5m", 90_000)]
    [InlineData("1d", 86_400_000)]
    public void Durations_have_a_unit(string text, double milliseconds)
    {
        Assert.True(Quantity.TryParseDuration(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("10")]
    [InlineData("-1s")]
    [InlineData("s")]
    [InlineData("99999999999999999999d")]
    public void These_are_no_durations(string text) => Assert.False(Quantity.TryParseDuration(text, out _));

    private static (ProgramOptions Options, IReadOnlyList<string> Errors) Read(
        string[] arguments, Dictionary<string, string?>? file = null, Dictionary<string, string>? environment = null) =>
        BrokerProgram.Read(
            arguments,
            environment ?? [],
            (names, options) => SettingsFile.Of(names, options, new ConfigurationBuilder().AddInMemoryCollection(file ?? []).Build())).Options(new());
}
