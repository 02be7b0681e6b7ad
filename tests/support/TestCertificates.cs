using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace IotMqtt.Testing;

/// <summary>A CA of a test's own, with certificates by it: one of a server at <c>localhost</c>, and one of a client. PEM files in a folder.</summary>
public sealed class TestCertificates : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotmqtt-certificates-");

    /// <summary>Makes them.</summary>
    public TestCertificates()
    {
        var from = TimeProvider.System.GetUtcNow().AddDays(-1);
        var until = from.AddDays(30);
        using var caKey = RSA.Create(2048);
        var request = new CertificateRequest("CN=IotMqtt test CA", caKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var ca = request.CreateSelfSigned(from, until);
        Ca = Write("ca.pem", ca.ExportCertificatePem());
        Server = Issue("localhost", ca, from, until).Certificate;
        (Client, ClientKey) = Issue("client", ca, from, until);
    }

    /// <summary>The CA's certificate.</summary>
    public string Ca { get; }

    /// <summary>The server's certificate and key, in one file.</summary>
    public string Server { get; }

    /// <summary>The client's certificate, and its key.</summary>
    public string Client { get; }

    /// <summary>The client's key, in a file of its own.</summary>
    public string ClientKey { get; }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private (string Certificate, string Key) Issue(string name, X509Certificate2 ca, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(ca, from, until, Encoding.ASCII.GetBytes(name));
        var pem = key.ExportPkcs8PrivateKeyPem();
        return (Write($"{name}.pem", certificate.ExportCertificatePem() + "\n" + pem + "\n"), Write($"{name}.key", pem));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
