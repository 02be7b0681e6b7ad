namespace IotMqtt.Broker;

/// <summary>Why a broker could not start.</summary>
public enum BrokerErrorKind
{
    /// <summary>An option has a value that cannot be used.</summary>
    InvalidOptions,

    /// <summary>Another program listens on that port.</summary>
    PortInUse,

    /// <summary>The host is none of this machine's addresses, or the port may not be bound by this user.</summary>
    CannotListen,

    /// <summary>The certificate or its key cannot be read.</summary>
    BadCertificate,
}
