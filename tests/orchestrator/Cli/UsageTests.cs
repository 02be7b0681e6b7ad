namespace IotMqtt.Orchestrator.Tests.Cli;

public sealed class UsageTests : CliTest
{
    [Theory]
    [InlineData("run", "x.yaml", "--flet", "home.yaml", "'--flet' is no option of run; did you mean --fleet?")]
    [InlineData("send", "speaker", "play", "--brokr=mqtt://x", "'--brokr' is no option of send; did you mean --broker?")]
    [InlineData("devices", "--brokr", "mqtt://x", "", "'--brokr' is no option of devices; did you mean --broker?")]
    [InlineData("rnu", "x.yaml", "", "", "'rnu' is no command; did you mean run?")]
    public async Task What_is_unknown_is_said_with_what_was_meant(string a, string b, string c, string d, string error)
    {
        var result = await RunAsync([.. new[] { a, b, c, d }.Where(argument => argument.Length > 0)]);

        Assert.Equal(2, result.Code);
        Assert.Contains($"error: {error}\n", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("send")]
    [InlineData("validate")]
    [InlineData("explain")]
    public async Task A_missing_argument_ends_with_2(string command)
    {
        var result = await RunAsync(command);

        Assert.Equal(2, result.Code);
        Assert.Contains($"see iotmqtt {command} --help", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_lists_every_command()
    {
        var result = await RunAsync("--help");

        Assert.Equal(0, result.Code);
        Assert.Contains("iotmqtt [command] [options]", result.Output, StringComparison.Ordinal);
        Assert.All(["run", "explain", "validate", "up", "devices", "send", "init", "health", "schema", "models", "completion"], command => Assert.Contains($"\n  {command}", result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_that_is_wrong_with_the_options_is_said_at_once_and_where_it_comes_from()
    {
        Environment["IOTMQTT_TIMEOUT"] = "5";
        Write("appsettings.json", """{ "Orchestrator": { "StepTimeout": "soon" } }""");

        var result = await RunAsync("run", WriteWakeUp(), "--output", "xml", "--report", "pdf=x", "--seed", "-1", "--set", "song", "--broker", "http://user:secret@host");

        Assert.Equal(2, result.Code);
        Assert.Contains("IOTMQTT_TIMEOUT is '5'; it takes a duration such as 500ms, 5s or 1m30s", result.Error, StringComparison.Ordinal);
        Assert.Contains("appsettings.json, Orchestrator:StepTimeout is 'soon'", result.Error, StringComparison.Ordinal);
        Assert.Contains("--output is 'xml'; it takes text or json", result.Error, StringComparison.Ordinal);
        Assert.Contains("--report is 'pdf=x'; it takes KIND=FILE", result.Error, StringComparison.Ordinal);
        Assert.Contains("--seed is '-1'", result.Error, StringComparison.Ordinal);
        Assert.Contains("--set is 'song'; it takes NAME=VALUE", result.Error, StringComparison.Ordinal);
        Assert.Contains("--broker is not the URL of a broker", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_wins_over_the_environment_and_that_over_appsettings()
    {
        var program = WriteWakeUp();
        Write("appsettings.json", """{ "Orchestrator": { "Seed": "1", "DryRun": true } }""");

        Assert.Contains("(dry run, seed 1)", (await RunAsync("run", program)).Output, StringComparison.Ordinal);
        Environment["IOTMQTT_SEED"] = "2";
        Assert.Contains("(dry run, seed 2)", (await RunAsync("run", program)).Output, StringComparison.Ordinal);
        Assert.Contains("(dry run, seed 3)", (await RunAsync("run", program, "--seed", "3")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_say_where_they_come_from_too()
    {
        Environment["IOTMQTT_SET"] = "song";
        Write("appsettings.json", """{ "Orchestrator": { "Report": [ "pdf=x" ] } }""");

        var result = await RunAsync("run", WriteWakeUp(), "--dry-run");

        Assert.Equal(2, result.Code);
        Assert.Contains("IOTMQTT_SET is 'song'; it takes NAME=VALUE", result.Error, StringComparison.Ordinal);
        Assert.Contains("appsettings.json, Orchestrator:Report is 'pdf=x'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_appsettings_that_no_command_knows_is_an_error_and_one_that_is_null_is_not_there()
    {
        Write("appsettings.json", """{ "Orchestrator": { "Borker": "mqtt://x", "WebsocketPort": 1, "Seed": null } }""");

        var result = await RunAsync("run", WriteWakeUp(), "--dry-run");

        Assert.Equal(2, result.Code);
        Assert.Equal("error: appsettings.json, Orchestrator:Borker is no option; did you mean Orchestrator:Broker?\n", result.Error);
    }

    [Fact]
    public async Task A_password_without_a_user_name_is_an_error_that_does_not_repeat_it()
    {
        Environment["IOTMQTT_PASSWORD"] = "secret";

        var result = await RunAsync("devices", "--broker", "mqtt://127.0.0.1:1");

        Assert.Equal(2, result.Code);
        Assert.Equal("error: IOTMQTT_PASSWORD is given without a user name; name one with --username or in the URL\n", result.Error);
    }

    [Fact]
    public async Task A_password_may_stand_in_a_file()
    {
        Environment["IOTMQTT_PASSWORD_FILE"] = Write("secret", "hidden\n");

        var result = await RunAsync("devices", "--broker", "mqtt://127.0.0.1:1");

        Assert.Equal("error: IOTMQTT_PASSWORD_FILE is given without a user name; name one with --username or in the URL\n", result.Error);
    }

    [Fact]
    public async Task A_variable_that_is_nearly_an_option_is_an_error_and_others_are_not()
    {
        Environment["IOTMQTT_TIMEOT"] = "5s";
        Environment["IOTMQTT_BROKER_PORT"] = "1883";
        Environment["IOTMQTT_DEVICE_TOKEN"] = "x";

        var result = await RunAsync("run", WriteWakeUp(), "--dry-run");

        Assert.Equal(2, result.Code);
        Assert.Equal("error: The environment variable IOTMQTT_TIMEOT is no option; did you mean IOTMQTT_TIMEOUT?\n", result.Error);
    }

    [Theory]
    [InlineData("--ca-file", "--ca-file", "--tls-ca")]
    [InlineData("", "IOTMQTT_CA_FILE", "IOTMQTT_TLS_CA")]
    public async Task The_old_name_of_the_trusted_certificates_is_taken_and_said(string option, string old, string now)
    {
        Environment["IOTMQTT_CA_FILE"] = option.Length == 0 ? "nowhere.pem" : "";

        var result = await RunAsync(["devices", "--broker", "mqtts://127.0.0.1:1", .. option.Length == 0 ? (string[])[] : [option, "nowhere.pem"]]);

        Assert.Equal(2, result.Code);
        Assert.Contains("nowhere.pem", result.Error, StringComparison.Ordinal);
        Assert.Contains($"warning: {old} is the old name of {now}, and will go\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_without_its_certificate_is_an_error()
    {
        var result = await RunAsync("devices", "--broker", "mqtts://127.0.0.1:1", "--tls-key", "me.key");

        Assert.Equal(2, result.Code);
        Assert.Equal("error: --tls-key is given without a certificate; name it with --tls-certificate\n", result.Error);
    }

    [Fact]
    public async Task A_file_of_certificates_that_is_not_there_ends_with_2()
    {
        var result = await RunAsync("devices", "--broker", "mqtts://127.0.0.1:1", "--tls-ca", "nowhere.pem");

        Assert.Equal(2, result.Code);
        Assert.Contains("nowhere.pem", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_appsettings_are_said()
    {
        Write("appsettings.json", "{ nonsense");

        var result = await RunAsync("run", WriteWakeUp(), "--dry-run");

        Assert.Equal(2, result.Code);
        Assert.Contains("appsettings.json cannot be read", result.Error, StringComparison.Ordinal);
    }
}
