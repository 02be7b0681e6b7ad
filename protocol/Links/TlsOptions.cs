namespace IotMqtt.Protocol.Links;

/// <summary>TLS of a link. The broker's certificate is always checked: against the system's roots, or against a CA of one's own.</summary>
public sealed record TlsOptions
{
    /// <summary>A PEM file with the certificates to trust instead of the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>A PEM file with the client's certificate.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>A PEM file with the client's private key; if null it is in <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The name that the broker's certificate must carry, if not the host of the URL. Not for WebSockets.</summary>
    public string? ServerName { get; init; }
}
