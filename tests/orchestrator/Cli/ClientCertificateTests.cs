using IotMqtt.Testing;

namespace IotMqtt.Orchestrator.Tests.Cli;

/// <summary>A broker that lets in only who shows a certificate.</summary>
public sealed class ClientCertificateTests : CliTest
{
    [Fact]
    public async Task A_run_and_its_devices_show_the_certificate_and_without_one_nobody_gets_in()
    {
        using var certificates = new TestCertificates();
        await using var broker = await MosquittoBroker.StartAsync(
            TestContext.Current.CancellationToken,
            new MosquittoOptions { CertificateFile = certificates.Server, Lines = [$"cafile {certificates.Ca}", "require_certificate true"] });
        var url = $"mqtts://localhost:{broker.Port}";
        var program = WriteWakeUp();
        Environment["IOTMQTT_TLS_CA"] = certificates.Ca;

        var stranger = await RunAsync("run", program, "--fleet", WriteHome(), "--broker", url);
        var run = await RunAsync("run", program, "--fleet", WriteHome(), "--broker", url, "--tls-certificate", certificates.Client);
        Environment["IOTMQTT_TLS_CERTIFICATE"] = certificates.Client;
        Environment["IOTMQTT_TLS_KEY"] = certificates.ClientKey;
        var health = await RunAsync("health", "--broker", url);

        Assert.Equal(3, stranger.Code);
        Assert.True(run.Code == 0, run.Error);
        Assert.True(health.Code == 0, health.Error);
    }
}
