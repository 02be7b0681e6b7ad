namespace IotMqtt.Broker;

/// <summary>TLS listeners and their certificate: a PFX file, or a PEM file with its key.</summary>
public sealed record TlsOptions
{
    /// <summary>The port for <c>mqtts://</c>; 0 takes a free one. Default: 8883.</summary>
    public int Port { get; init; } = 8883;

    /// <summary>The port for <c>wss://…/mqtt</c>; 0 takes a free one, <see langword="null"/> (the default) is none.</summary>
    public int? WebSocketPort { get; init; }

    /// <summary>The certificate: a <c>.pfx</c> or <c>.p12</c> file, or a PEM file.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>The PEM file of the private key, where <see cref="Certificate"/> is a PEM file that does not hold it.</summary>
    public string? Key { get; init; }

    /// <summary>The password of the PFX file or of the encrypted key.</summary>
    public string? Password { get; init; }
}
