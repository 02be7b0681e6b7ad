namespace IotMqtt.Broker;

/// <summary>What a broker listens on and what it bounds. Everything has a default; the defaults listen on loopback only.</summary>
public sealed record BrokerOptions
{
    /// <summary>The address to listen on: an IP address, <c>localhost</c> (IPv4 and IPv6), a host name, or <c>*</c> for all. Default: <c>127.0.0.1</c>.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The TCP port for <c>mqtt://</c>; 0 takes a free one, <see langword="null"/> is none. Default: 1883.</summary>
    public int? Port { get; init; } = 1883;

    /// <summary>
    /// The HTTP port for <c>ws://…/mqtt</c> and for the health endpoints; 0 takes a free one, <see langword="null"/> (the default)
    /// listens on none.
    /// </summary>
    public int? WebSocketPort { get; init; }

    /// <summary>An HTTP port for <c>/health/live</c> and <c>/health/ready</c> alone; 0 takes a free one, <see langword="null"/> (the default) is none.</summary>
    public int? HealthPort { get; init; }

    /// <summary>Listens with TLS too where set. Default: <see langword="null"/>.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>Where set, only clients with this user name and <see cref="Password"/> may connect. Default: anybody may.</summary>
    public string? Username { get; init; }

    /// <summary>The password that goes with <see cref="Username"/>.</summary>
    public string? Password { get; init; }

    /// <summary>
    /// A file of users and hashes as <c>mosquitto_passwd</c> writes it; only they, and <see cref="Username"/> where that is set, may connect.
    /// Default: none.
    /// </summary>
    public string? UsersFile { get; init; }

    /// <summary>A file that says who may read and write which topics, in the format of Mosquitto's <c>acl_file</c>. Default: all may.</summary>
    public string? AclFile { get; init; }

    /// <summary>Whether a broker without users may listen on other addresses than loopback. Default: no.</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>
    /// Web pages of which origins may open a WebSocket, beside those of the broker's own address: such as <c>https://example.org</c>, several with
    /// commas; <c>*</c> is any. Default: none. Programs that are no browser are not asked.
    /// </summary>
    public string WebSocketOrigins { get; init; } = "";

    /// <summary>How long a peer has from the connection until its CONNECT is complete. Default: 10 seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Clients at a time; one more is answered "server busy". Where the process may open fewer files, that many. Default: 20,000.</summary>
    public int MaxConnections { get; init; } = 20_000;

    /// <summary>Clients of one address at a time; 0 (the default) is as many as there may be.</summary>
    public int MaxConnectionsPerAddress { get; init; }

    /// <summary>
    /// Wrong user names or passwords of one address within a minute; after that it is refused unheard until the minute is over. 0 is no limit and
    /// no delay. Default: 60.
    /// </summary>
    public int MaxFailedLogins { get; init; } = 60;

    /// <summary>
    /// Sessions, connected or kept for later; for one more, one whose client is away and has no user name ends, and if there is none, it is answered
    /// "quota exceeded". Default: 50,000.
    /// </summary>
    public int MaxSessions { get; init; } = 50_000;

    /// <summary>Bytes of one MQTT packet, announced to MQTT 5 clients. A CONNECT is bounded by 128 KiB on top. Default: 1 MiB.</summary>
    public int MaxPacketSize { get; init; } = 1024 * 1024;

    /// <summary>
    /// Messages waiting for one session; a new one over that is dropped for that session. Retained messages that a new
    /// subscription asks for are sent whole, also beyond that. Default: 100,000.
    /// </summary>
    public int MaxQueuedMessages { get; init; } = 100_000;

    /// <summary>
    /// Bytes of memory of the messages that wait for one session or are not acknowledged, topics, properties and overhead counted; a new one
    /// over that is dropped for that session. Default: 64 MiB.
    /// </summary>
    public long MaxQueuedBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>The same for all sessions together; a message that waits for many counts once. Default: 256 MiB.</summary>
    public long MaxQueuedBytesInAll { get; init; } = 256L * 1024 * 1024;

    /// <summary>QoS 1 and 2 messages sent to one client and not yet acknowledged, or the client's Receive Maximum if that is less. Default: 1,024.</summary>
    public int MaxInFlight { get; init; } = 1_024;

    /// <summary>Subscriptions of one session. Default: 10,000.</summary>
    public int MaxSubscriptionsPerSession { get; init; } = 10_000;

    /// <summary>Retained messages; one more is refused with "quota exceeded". Default: 200,000.</summary>
    public int MaxRetainedMessages { get; init; } = 200_000;

    /// <summary>Bytes of memory of all retained messages, topics, properties and overhead counted. Default: 256 MiB.</summary>
    public long MaxRetainedBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>The longest that a session is kept for a client that is gone (MQTT 5 clients are told). Default: one day.</summary>
    public TimeSpan MaxSessionExpiry { get; init; } = TimeSpan.FromDays(1);
}
