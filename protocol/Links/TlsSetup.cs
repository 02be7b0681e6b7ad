using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;

namespace IotMqtt.Protocol.Links;

/// <summary>TLS for the client library. Nothing here accepts a certificate that does not check out.</summary>
internal static class TlsSetup
{
    /// <summary>Reads the files that the options name.</summary>
    /// <exception cref="MqttLinkException">One is not there or not what it should be.</exception>
    public static MqttClientTlsOptions Create(TlsOptions options)
    {
        var tls = new MqttClientTlsOptions
        {
            UseTls = true,
            TargetHost = options.ServerName,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        if (options.CaFile is not null)
        {
            var roots = Load(options.CaFile, "CA certificates", LoadAll);
            tls.TrustChain = roots;

            // Only WebSockets need this: over TCP the trust chain itself is enough, and then there are no errors to look at.
            tls.CertificateValidationHandler = args => IsTrusted(args.Certificate, args.SslPolicyErrors, roots);
        }

        if (options.CertificateFile is not null)
        {
            var certificate = Load(options.CertificateFile, "the client's certificate", file => X509Certificate2.CreateFromPemFile(file, options.KeyFile));
            tls.ClientCertificatesProvider = new DefaultMqttCertificatesProvider([certificate]);
        }

        return tls;
    }

    private static X509Certificate2Collection LoadAll(string file)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(file);
        return roots.Count > 0 ? roots : throw new CryptographicException("the file has no certificate in it");
    }

    private static T Load<T>(string file, string what, Func<string, T> load)
    {
        try
        {
            return load(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            var failure = new LinkFailure(LinkFailureKind.InvalidOptions, $"Cannot read {what} from '{file}': {exception.Message}");
            throw new MqttLinkException(failure, exception);
        }
    }

    private static bool IsTrusted(X509Certificate? certificate, SslPolicyErrors errors, X509Certificate2Collection roots)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        // A root that the system does not know is the one thing that a CA of one's own mends.
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(leaf);
    }
}
