using System.Net;
using System.Net.Sockets;
using IotMqtt.Devices.Hosting;
using IotMqtt.Devices.Tests.Support;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Messages;
using IotMqtt.Testing;

namespace IotMqtt.Devices.Tests.Hosting;

public sealed class ProgramTests(EmbeddedBroker broker) : IClassFixture<EmbeddedBroker>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotmqtt-devices-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_hosts_its_fleet_until_it_is_stopped_and_says_how_it_is()
    {
        var fleet = Write("fleet.yaml", "fleet: small\ndevices:\n  - { id: lamp, model: hue-light }\n");
        var health = Path.Combine(_folder.FullName, "health");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var run = RunAsync(stop.Token, "--fleet", fleet, "--broker", broker.Url.ToString(), "--root", "program", "--health-file", health);
        await using var observer = await Observer.StartAsync(broker.Url, RootTopic.Parse("program"), Cancellation);
        await observer.AwaitAsync("lamp", Presence.Online, Cancellation);
        await Eventually.Async("it says how it is", () => File.Exists(health), Cancellation);
        Assert.Equal(ExitCode.Success, await RunAsync(Cancellation, "health", "--health-file", health));

        await stop.CancelAsync();
        Assert.Equal(ExitCode.Success, await Eventually.Async("it has stopped", run, Cancellation));
        await observer.AwaitAsync("lamp", Presence.Offline, Cancellation);
        Assert.Equal(ExitCode.Unhealthy, await RunAsync(Cancellation, "health", "--health-file", health));
    }

    [Fact]
    public async Task Wrong_options_and_a_wrong_fleet_are_said_together()
    {
        var fleet = Write("fleet.yaml", "fleet: small\ndevices:\n  - { id: lamp, model: hue-lihgt }\n");
        var code = await RunAsync(Cancellation, "--fleet", fleet, "--loops", "none");

        Assert.Equal(ExitCode.InvalidInput, code);
        Assert.Contains("--loops", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("hue-light", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{fleet}:3:", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_fleet_it_says_what_to_give()
    {
        Assert.Equal(ExitCode.InvalidInput, await RunAsync(Cancellation));
        Assert.Contains("--fleet", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_is_not_there_ends_it_with_3()
    {
        var fleet = Write("fleet.yaml", "fleet: small\ndevices:\n  - { id: lamp, model: hue-light }\n");
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        var code = await RunAsync(Cancellation, "--fleet", fleet, "--broker", $"mqtt://127.0.0.1:{port}", "--connect-timeout", "300ms");

        Assert.Equal(ExitCode.BrokerUnreachable, code);
        Assert.Contains($"No broker at mqtt://127.0.0.1:{port}", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_shows_its_certificate_to_a_broker_that_asks_for_one()
    {
        using var certificates = new TestCertificates();
        await using var mosquitto = await MosquittoBroker.StartAsync(
            Cancellation, new MosquittoOptions { CertificateFile = certificates.Server, Lines = [$"cafile {certificates.Ca}", "require_certificate true"] });
        var fleet = Write("fleet.yaml", "fleet: small\ndevices:\n  - { id: lamp, model: hue-light }\n");
        var health = Path.Combine(_folder.FullName, "health");
        string[] options = ["--fleet", fleet, "--broker", $"mqtts://localhost:{mosquitto.Port}", "--tls-ca", certificates.Ca, "--connect-timeout", "1s"];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var stranger = await RunAsync(Cancellation, options);
        var run = RunAsync(stop.Token, [.. options, "--tls-certificate", certificates.Client, "--tls-key", certificates.ClientKey, "--health-file", health]);
        await Eventually.Async("its device is online", async () => await RunAsync(Cancellation, "health", "--health-file", health) == 0, Cancellation);
        await stop.CancelAsync();

        Assert.Equal(ExitCode.BrokerUnreachable, stranger);
        Assert.Equal(ExitCode.Success, await Eventually.Async("it has stopped", run, Cancellation));
    }

    [Fact]
    public async Task Help_lists_the_options()
    {
        Assert.Equal(ExitCode.Success, await RunAsync(Cancellation, "--help"));
        Assert.Contains("--connect-timeout", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_without_a_file_says_what_to_give()
    {
        Assert.Equal(ExitCode.InvalidInput, await RunAsync(Cancellation, "health", "--health-file", "off"));
        Assert.Contains("--health-file", _errors.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _output.Dispose();
        _errors.Dispose();
    }

    private Task<int> RunAsync(CancellationToken cancellationToken, params string[] arguments) =>
        DevicesProgram.RunAsync(arguments, _output, _errors, cancellationToken);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
