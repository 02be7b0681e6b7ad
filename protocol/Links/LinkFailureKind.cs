namespace IotMqtt.Protocol.Links;

/// <summary>Why a link is not there, by who can remedy it.</summary>
internal enum LinkFailureKind
{
    /// <summary>Nobody answers there: start the broker, or mend the address or the network.</summary>
    Unreachable,

    /// <summary>The broker does not accept user name and password: mend the credentials.</summary>
    BadCredentials,

    /// <summary>The broker knows the client and does not allow it: mend the broker's access rules.</summary>
    NotAuthorized,

    /// <summary>TLS could not be agreed on: mend the certificates, or the choice of TLS and port.</summary>
    TlsFailed,

    /// <summary>What answers there does not speak MQTT 5: choose another broker or port.</summary>
    ProtocolError,

    /// <summary>The broker has no room or no time now: try later, or raise its limits.</summary>
    Busy,

    /// <summary>The broker refuses this client for another reason, which the message says.</summary>
    Refused,

    /// <summary>The options cannot work, such as a certificate file that is not there.</summary>
    InvalidOptions,

    /// <summary>The connection broke; the link connects again by itself.</summary>
    ConnectionLost,

    /// <summary>Another client has connected with the same client id: give each its own.</summary>
    TakenOver,
}
