using System.Diagnostics;
using IotMqtt.Broker.Access;
using IotMqtt.Broker.Hosting;
using IotMqtt.Broker.Tests.Support;
using IotMqtt.Testing;

namespace IotMqtt.Broker.Tests.Hosting;

public sealed class ProgramTests : BrokerTest
{
    [Fact]
    public async Task Help_lists_every_option()
    {
        var (code, output, _) = await RunAsync("--help");

        Assert.Equal(0, code);
        Assert.All(Settings.All, setting => Assert.Contains($"--{setting.Name} ", output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Options_that_are_not_valid_are_all_said_and_end_it_with_2()
    {
        var (code, _, errors) = await RunAsync("--prot", "1", "--max-in-flight", "0x", "--host");

        Assert.Equal(2, code);
        Assert.Contains("did you mean --port?", errors, StringComparison.Ordinal);
        Assert.Contains("--max-in-flight is '0x'; it takes a number", errors, StringComparison.Ordinal);
        Assert.Contains("--host needs a value: TEXT", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_be_read_and_is_wrong_is_said_with_what_could_not()
    {
        var (code, _, errors) = await RunAsync(
            "--port", "x", "--max-in-flight", "0", "--password", "p", "--host", "no such host.invalid", "--tls-certificate", "/no/such.pfx");

        Assert.Equal(2, code);
        Assert.All(
            ["--port is 'x'", "MaxInFlight is 0", "Username", "'no such host.invalid'", "'/no/such.pfx'"],
            part => Assert.Contains(part, errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_in_use_ends_it_with_3()
    {
        var (code, _, errors) = await RunAsync("--port", $"{Broker.Endpoint.Port}", "--websocket-port", "off", "--log-level", "error");

        Assert.Equal(3, code);
        Assert.Contains("another program listens there", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_says_how_a_broker_is()
    {
        var url = Broker.HealthEndpoint!.ToString();
        Assert.Equal(0, (await RunAsync("health", "--url", url)).Code);
        Assert.Equal(0, (await RunAsync("health", "--websocket-port", $"{Broker.WebSocketEndpoint!.Port}")).Code);
        Assert.Equal(2, (await RunAsync("health", "--websocket-port", "off")).Code);

        await Broker.StopAsync(Token);

        var (code, _, errors) = await RunAsync("health", "--url", url);
        Assert.Equal(1, code);
        Assert.Contains("did not answer", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "http://[::1]:1/health/ready did not answer", "--host", "::1", "--health-port", "1")]
    [InlineData(2, "'http://no host:1/health/ready' is no URL", "--host", "no host", "--health-port", "1")]
    [InlineData(2, "'broker:8083' is no URL", "--url", "broker:8083")]
    [InlineData(2, "'ftp://broker' is no URL", "--url=ftp://broker")]
    public async Task Health_that_cannot_be_asked_for_is_said(int expected, string message, params string[] arguments)
    {
        var (code, _, errors) = await RunAsync(["health", .. arguments]);

        Assert.Equal(expected, code);
        Assert.StartsWith(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_logs_a_document_a_line_where_JSON_is_asked_for()
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(BrokerProgram).Assembly.Location, "--port", "0", "--log-format", "json"])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            var line = await Eventually.Async("it says where it listens", process.StandardOutput.ReadLineAsync(Token).AsTask(), Token);
            var entry = System.Text.Json.JsonDocument.Parse(line!).RootElement;

            Assert.Contains("listening on mqtt://127.0.0.1:", entry.GetProperty("Message").GetString(), StringComparison.Ordinal);
            Assert.Equal("Information", entry.GetProperty("LogLevel").GetString());
            Assert.EndsWith("Z", entry.GetProperty("Timestamp").GetString(), StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task It_says_where_it_listens_and_stops_on_SIGTERM()
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(BrokerProgram).Assembly.Location, "--port", "0", "--websocket-port", "off"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var line = await Eventually.Async("it says where it listens", process.StandardOutput.ReadLineAsync(Token).AsTask(), Token);
            Assert.NotNull(line);
            Assert.Contains("listening on mqtt://127.0.0.1:", line, StringComparison.Ordinal);
            var port = int.Parse(line[(line.LastIndexOf(':') + 1)..]);
            await using (var client = new RawClient(port))
            {
                await client.ConnectAsync("c");
                using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
                Assert.Equal(0xE0, (await client.ReceivePacketAsync())[0]);
            }

            await Eventually.Async("it ends", process.WaitForExitAsync(Token), Token);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task Check_says_what_is_wrong_or_where_it_would_listen_and_listens_on_nothing()
    {
        var (code, output, errors) = await RunAsync("check", "--port", $"{Broker.Endpoint.Port}", "--websocket-port", "1");
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains($"{Broker.Endpoint.Port} (Mqtt), 1 (WebSocket) of 127.0.0.1", output, StringComparison.Ordinal);

        (code, _, errors) = await RunAsync("check", "--host", "*", "--acl-file", "/no/such", "--tls-key", "/no/such.pem");
        Assert.Equal(2, code);
        Assert.All(["AllowAnonymous", "AclFile is '/no/such'", "Tls:Certificate is missing"], part => Assert.Contains(part, errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SIGHUP_has_the_users_read_again_and_drops_nobody()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"ann:{PasswordHash.Create("a"u8, 10)}\n", Token);
        await using (var broker = await BrokerProcess.StartAsync(null, "--users-file", file))
        {
            await using var ann = new RawClient(broker.Port);
            await ann.SendAsync(Packets.Connect5("ann", [], 0xC2, [.. Packets.Text("ann"), .. Packets.Text("a")]));
            Assert.Equal(0, (await ann.ReceivePacketAsync())[3]);

            await File.WriteAllTextAsync(file, $"eve:{PasswordHash.Create("e"u8, 10)}\n", Token);
            broker.Signal("HUP");
            await Eventually.Async("it has read them", () => broker.CountOf("read users and access list again") == 1, Token, () => broker.Output);

            await using var eve = new RawClient(broker.Port);
            await eve.SendAsync(Packets.Connect5("eve", [], 0xC2, [.. Packets.Text("eve"), .. Packets.Text("e")]));
            Assert.Equal(0, (await eve.ReceivePacketAsync())[3]);
            await ann.SendAsync(0xC0, 0);
            Assert.Equal([0xD0, 0], await ann.ReceivePacketAsync());
        }

        File.Delete(file);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        return (await BrokerProgram.RunAsync(arguments, output, errors, Token), output.ToString(), errors.ToString());
    }
}
