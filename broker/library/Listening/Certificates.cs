using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IotMqtt.Broker.Listening;

/// <summary>Reads the certificate of the TLS listeners.</summary>
internal static class Certificates
{
    /// <summary>Shorter keys are refused by clients that are up to date.</summary>
    private const int LeastRsaKey = 2_048;

    /// <summary>What clients will not like about a certificate that can be read.</summary>
    public static IEnumerable<string> Doubts(X509Certificate2 certificate, DateTimeOffset now)
    {
        if (now > certificate.NotAfter)
        {
            yield return $"it has expired on {certificate.NotAfter:yyyy-MM-dd}";
        }
        else if (now < certificate.NotBefore)
        {
            yield return $"it is valid only from {certificate.NotBefore:yyyy-MM-dd}";
        }

        using var rsa = certificate.GetRSAPublicKey();
        if (rsa?.KeySize < LeastRsaKey)
        {
            yield return $"its RSA key has {rsa.KeySize} bits, and {LeastRsaKey} are the least that is taken for safe";
        }
    }

    /// <returns>The certificate; <see langword="null"/>, and an error more, where it cannot be read.</returns>
    public static X509Certificate2? Load(TlsOptions tls, List<BrokerException> errors)
    {
        try
        {
            foreach (var file in new[] { tls.Certificate, tls.Key }.OfType<string>().Where(file => !File.Exists(file)))
            {
                throw new FileNotFoundException($"there is no file '{file}'");
            }

            return Path.GetExtension(tls.Certificate).ToUpperInvariant() is ".PFX" or ".P12"
                ? X509CertificateLoader.LoadPkcs12FromFile(tls.Certificate, tls.Password)
                : tls.Password is null
                    ? X509Certificate2.CreateFromPemFile(tls.Certificate, tls.Key)
                    : X509Certificate2.CreateFromEncryptedPemFile(tls.Certificate, tls.Password, tls.Key);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            errors.Add(new BrokerException(
                BrokerErrorKind.BadCertificate,
                $"Cannot read the certificate '{tls.Certificate}': {exception.Message.TrimEnd('.')}. Give a PFX file, or a PEM file and its key, and the password if there is one.",
                exception));
            return null;
        }
    }
}
