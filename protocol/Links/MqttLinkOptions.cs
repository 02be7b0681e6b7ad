namespace IotMqtt.Protocol.Links;

/// <summary>Where a link goes and as whom.</summary>
internal sealed record MqttLinkOptions
{
    /// <summary>The broker.</summary>
    public required BrokerUrl Url { get; init; }

    /// <summary>Other addresses of it, such as the nodes of a cluster: after each attempt that failed, and each connection that broke, the next one is taken.</summary>
    public IReadOnlyList<BrokerUrl> Alternatives { get; init; } = [];

    /// <summary>The version of MQTT. 3.1.1 has no user properties, response topics, expiry and reason codes: what needs them is left out.</summary>
    public MqttVersion Version { get; init; } = MqttVersion.V5;

    /// <summary>Whether each connection starts a new session (MQTT 5, section 3.1.2.4).</summary>
    public bool CleanStart { get; init; } = true;

    /// <summary>How long the broker keeps the session while the link is away; whole seconds (MQTT 5, section 3.1.2.11.2).</summary>
    public TimeSpan SessionExpiry { get; init; }

    /// <summary>The client id of MQTT: unique on the broker, or the one takes over the other.</summary>
    public required string ClientId { get; init; }

    /// <summary>The user name; if null, that of the URL.</summary>
    public string? Username { get; init; }

    /// <summary>The password; if null, that of the URL.</summary>
    public string? Password { get; init; }

    /// <summary>What the broker publishes when the link is lost without a goodbye.</summary>
    public OutgoingMessage? Will { get; init; }

    /// <summary>TLS, for <c>mqtts</c> and <c>wss</c>.</summary>
    public TlsOptions Tls { get; init; } = new();

    /// <summary>
    /// After how long without traffic either side gives up the other; whole seconds, 1 s to 18 h. A broker that takes longer
    /// than this for a PUBACK is given up, too.
    /// </summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one attempt to connect may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the broker may take for a SUBACK.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait between attempts to connect.</summary>
    public BackOff BackOff { get; init; } = new();

    /// <summary>
    /// How many publishes may be unanswered at a time. The broker's own Receive Maximum counts too. An unbounded burst takes
    /// three times as long as one through a window of 256.
    /// </summary>
    public int Window { get; init; } = 256;

    /// <summary>How many publishes may wait for the window; what comes on top is not sent.</summary>
    public int QueueLimit { get; init; } = 100_000;

    /// <summary>The largest packet that the broker may send, in bytes.</summary>
    public uint MaxPacketSize { get; init; } = 1024 * 1024;

    /// <summary>How many messages the broker may send unanswered.</summary>
    public ushort ReceiveMaximum { get; init; } = 1024;

    /// <summary>How many bytes are read at once; a buffer of this size is held. Small for many links, large for a busy one.</summary>
    public int ReadAhead { get; init; } = 512;

    /// <summary>
    /// Whether to acknowledge on TCP at once (Linux, not WebSockets). A broker that leaves Nagle's algorithm on, as Mosquitto
    /// does unless told <c>set_tcp_nodelay true</c>, otherwise waits 40 ms before the second of two small packets. For a
    /// broker that does not, it is some microseconds for nothing.
    /// </summary>
    public bool QuickAck { get; init; } = true;

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{ClientId} at {Url}";
}
