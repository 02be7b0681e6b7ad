using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotMqtt.Broker.Listening;
using IotMqtt.Broker.Tests.Support;
using MQTTnet;

namespace IotMqtt.Broker.Tests.Listening;

public sealed class TlsTests : BrokerTest
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotmqtt-broker-");
    private readonly X509Certificate2 _certificate = SelfSigned();

    protected override BrokerOptions Options
    {
        get
        {
            var file = Path.Combine(_folder.FullName, "broker.pfx");
            File.WriteAllBytes(file, _certificate.Export(X509ContentType.Pfx, "pw"));
            return new BrokerOptions { Port = 0, Tls = new TlsOptions { Port = 0, WebSocketPort = 0, Certificate = file, Password = "pw" } };
        }
    }

    [Fact]
    public async Task Clients_connect_with_TLS_over_TCP_and_WebSocket()
    {
        var direct = await ConnectAsync(Trusting(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", Broker.TlsEndpoint!.Port)));
        var browser = await ConnectAsync(Trusting(new MqttClientOptionsBuilder().WithWebSocketServer(server => server.WithUri(Broker.WebSocketTlsEndpoint!.ToString()))));
        await browser.SubscribeAsync("t");

        await direct.PublishAsync("t", "secret");

        Assert.Equal("secret", await browser.NextAsync("t"));
        Assert.Equal(("mqtts", "wss"), (Broker.TlsEndpoint.Scheme, Broker.WebSocketTlsEndpoint!.Scheme));
    }

    [Fact]
    public async Task A_certificate_may_be_PEM_files()
    {
        var (certificate, key) = (Path.Combine(_folder.FullName, "cert.pem"), Path.Combine(_folder.FullName, "key.pem"));
        await File.WriteAllTextAsync(certificate, _certificate.ExportCertificatePem(), Token);
        await File.WriteAllTextAsync(key, _certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem(), Token);
        await using var broker = await MqttBroker.StartAsync(
            new BrokerOptions { Port = 0, Tls = new TlsOptions { Port = 0, Certificate = certificate, Key = key } }, Log, Token);

        var client = await ConnectAsync(Trusting(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.TlsEndpoint!.Port)));

        Assert.True(client.Inner.IsConnected);
    }

    [Fact]
    public void What_clients_will_not_like_about_a_certificate_is_said()
    {
        using var weak = RSA.Create(1024);
        using var certificate = new CertificateRequest("CN=localhost", weak, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1));

        var doubts = Certificates.Doubts(certificate, DateTimeOffset.UnixEpoch.AddYears(2)).ToList();

        Assert.Equal(2, doubts.Count);
        Assert.Contains("expired on 1971-01-01", doubts[0], StringComparison.Ordinal);
        Assert.Contains("1024 bits", doubts[1], StringComparison.Ordinal);
        Assert.Contains("valid only from", Assert.Single(Certificates.Doubts(_certificate, DateTimeOffset.UnixEpoch)), StringComparison.Ordinal);
        Assert.Empty(Certificates.Doubts(_certificate, DateTimeOffset.UnixEpoch.AddYears(60)));
    }

    [Theory]
    [InlineData("missing.pfx", null)]
    [InlineData("broker.pfx", "wrong")]
    [InlineData("garbage.pem", null)]
    public async Task A_certificate_that_cannot_be_read_is_said_by_name(string name, string? password)
    {
        var file = Path.Combine(_folder.FullName, name);
        if (name == "garbage.pem")
        {
            await File.WriteAllTextAsync(file, "no certificate", Token);
        }

        var failure = await Assert.ThrowsAsync<BrokerException>(() => MqttBroker.StartAsync(
            new BrokerOptions { Port = 0, Tls = new TlsOptions { Port = 0, Certificate = file, Password = password } }, Log, Token));

        Assert.Equal(BrokerErrorKind.BadCertificate, failure.Kind);
        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _certificate.Dispose();
        _folder.Delete(recursive: true);
    }

    private MqttClientOptionsBuilder Trusting(MqttClientOptionsBuilder options) => options.WithTlsOptions(tls => tls
        .UseTls().WithCertificateValidationHandler(handshake => handshake.Certificate.GetCertHashString() == _certificate.GetCertHashString()));

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var now = DateTimeOffset.UnixEpoch.AddYears(50);
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now, now.AddYears(50));
    }
}
