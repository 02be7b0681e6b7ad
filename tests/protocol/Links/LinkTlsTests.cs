using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IotMqtt.Protocol.Links;
using IotMqtt.Testing;

namespace IotMqtt.Protocol.Tests.Links;

/// <summary>TLS against Mosquitto, with a CA of the test's own.</summary>
public sealed class LinkTlsTests : LinkTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotmqtt-tls-");

    [Fact]
    public async Task A_certificate_of_a_trusted_CA_is_accepted()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation, new MosquittoOptions { CertificateFile = Certificates() });
        await using var link = Link(broker, "safe", options => options with { Url = Url("mqtts", "localhost", broker), Tls = OwnCa }, null, new Subscription("t"));

        await link.ConnectAsync(Cancellation);
        link.Post(new OutgoingMessage { Topic = "t", Payload = new byte[3000] });

        Assert.Equal(3000, (await Recorder.Messages.ReadAsync(Cancellation)).Payload.Length);
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_CA_is_refused()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation, new MosquittoOptions { CertificateFile = Certificates() });
        await using var link = Link(broker, "wary", options => options with { Url = Url("mqtts", "localhost", broker) });

        var exception = await Assert.ThrowsAsync<MqttLinkException>(() => link.ConnectAsync(Cancellation));

        Assert.Equal(LinkFailureKind.TlsFailed, exception.Kind);
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation, new MosquittoOptions { CertificateFile = Certificates() });
        await using var link = Link(broker, "exact", options => options with { Url = Url("mqtts", "127.0.0.1", broker), Tls = OwnCa });
        await using var named = Link(
            broker, "named", options => options with { Url = Url("mqtts", "127.0.0.1", broker), Tls = OwnCa with { ServerName = "localhost" } });

        var exception = await Assert.ThrowsAsync<MqttLinkException>(() => link.ConnectAsync(Cancellation));
        await named.ConnectAsync(Cancellation);

        Assert.Equal(LinkFailureKind.TlsFailed, exception.Kind);
        Assert.Equal(LinkState.Connected, named.Status.State);
    }

    [Fact]
    public async Task A_certificate_file_that_is_not_there_is_said_to_be_missing()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        var tls = new TlsOptions { CaFile = Path.Combine(_folder.FullName, "nowhere.pem") };
        await using var link = Link(broker, "astray", options => options with { Url = Url("mqtts", "localhost", broker), Tls = tls });

        var exception = await Assert.ThrowsAsync<MqttLinkException>(() => link.ConnectAsync(Cancellation));

        Assert.Equal(LinkFailureKind.InvalidOptions, exception.Kind);
        Assert.Contains("nowhere.pem", exception.Message, StringComparison.Ordinal);
    }

    protected override void Dispose(bool disposing)
    {
        _folder.Delete(recursive: true);
        base.Dispose(disposing);
    }

    private TlsOptions OwnCa => new() { CaFile = Path.Combine(_folder.FullName, "ca.pem") };

    private static BrokerUrl Url(string scheme, string host, MosquittoBroker broker) => BrokerUrl.Parse($"{scheme}://{host}:{broker.Port}");

    // A CA, and a certificate by it for "localhost".
    private string Certificates()
    {
        var from = TimeProvider.System.GetUtcNow().AddDays(-1);
        var until = from.AddDays(30);
        using var caKey = RSA.Create(2048);
        var caRequest = new CertificateRequest("CN=IotMqtt test CA", caKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        caRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var ca = caRequest.CreateSelfSigned(from, until);
        File.WriteAllText(Path.Combine(_folder.FullName, "ca.pem"), ca.ExportCertificatePem());

        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(ca, from, until, Encoding.ASCII.GetBytes("iotmqtt-test"));
        var file = Path.Combine(_folder.FullName, "broker.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return file;
    }
}
