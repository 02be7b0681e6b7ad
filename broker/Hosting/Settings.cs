using System.Globalization;

namespace IotMqtt.Broker.Hosting;

/// <summary>All options of the program, in the order in which its help lists them.</summary>
internal static class Settings
{
    public static readonly IReadOnlyList<Setting> All =
    [
        Text("host", "Host", "address to listen on; * is all, localhost both families [127.0.0.1]", (options, value) => options with { Host = value }),
        PortOrOff("port", "Port", "port for mqtt://; 0 takes a free one, off is none [1883]", (options, value) => options with { Port = value }),
        PortOrOff("websocket-port", "WebSocketPort", "HTTP port for ws://…/mqtt and /health [off]", (options, value) => options with { WebSocketPort = value }),
        PortOrOff("health-port", "HealthPort", "HTTP port for /health alone [off]", (options, value) => options with { HealthPort = value }),
        Text("username", "Username", "let in only clients with this user name [anybody]", (options, value) => options with { Username = value }),
        Text("password", "Password", "and this password", (options, value) => options with { Password = value }),
        Tls("tls-certificate", "Tls:Certificate", "a file", "PFX or PEM file; turns TLS on [none]", (tls, value) => tls with { Certificate = value }),
        Tls("tls-key", "Tls:Key", "a file", "PEM file of the key, if the certificate's does not hold it", (tls, value) => tls with { Key = value }),
        Tls("tls-password", "Tls:Password", "text", "password of the PFX file or the key", (tls, value) => tls with { Password = value }),
        Tls("tls-port", "Tls:Port", "a port", "port for mqtts:// [8883]", (tls, value) => TryPort(value, out var port) ? tls with { Port = port } : null),
        Tls("tls-websocket-port", "Tls:WebSocketPort", "a port", "port for wss://…/mqtt [off]", (tls, value) => TryPort(value, out var port) ? tls with { WebSocketPort = port } : null),
        Duration("connect-timeout", "ConnectTimeout", "time from the connection to its CONNECT [10s]", (options, value) => options with { ConnectTimeout = value }),
        Duration("max-session-expiry", "MaxSessionExpiry", "longest that a session outlives its client [1d]", (options, value) => options with { MaxSessionExpiry = value }),
        Number("max-connections", "MaxConnections", "clients at a time [20000]", (options, value) => options with { MaxConnections = value }),
        Number("max-sessions", "MaxSessions", "sessions, connected or kept [50000]", (options, value) => options with { MaxSessions = value }),
        Size("max-packet-size", "MaxPacketSize", "bytes of a packet [1MiB]", (options, value) => options with { MaxPacketSize = (int)Math.Min(value, int.MaxValue) }),
        Number("max-queued-messages", "MaxQueuedMessages", "messages waiting for one session [100000]", (options, value) => options with { MaxQueuedMessages = value }),
        Number("max-in-flight", "MaxInFlight", "unacknowledged messages of one session [1024]", (options, value) => options with { MaxInFlight = value }),
        Number("max-subscriptions", "MaxSubscriptionsPerSession", "subscriptions of one session [10000]", (options, value) => options with { MaxSubscriptionsPerSession = value }),
        Number("max-retained-messages", "MaxRetainedMessages", "retained messages [200000]", (options, value) => options with { MaxRetainedMessages = value }),
        Size("max-retained-bytes", "MaxRetainedBytes", "bytes of all retained messages [256MiB]", (options, value) => options with { MaxRetainedBytes = value }),
        new("log-level", "LogLevel", "trace, debug, information, warning or error", "what is logged [information]", (options, value) =>
            Enum.TryParse<LogLevel>(value, ignoreCase: true, out var level) && Enum.IsDefined(level) && !char.IsDigit(value[0]) ? options with { LogLevel = level } : null),
    ];

    private static Setting Text(string name, string key, string help, Func<BrokerOptions, string, BrokerOptions> set) =>
        new(name, key, "text", help, (options, value) => options with { Broker = set(options.Broker, value) });

    private static Setting PortOrOff(string name, string key, string help, Func<BrokerOptions, int?, BrokerOptions> set) =>
        new(name, key, "a port, 0 to 65535, or off", help, (options, value) =>
            value == "off" ? options with { Broker = set(options.Broker, null) }
            : TryPort(value, out var port) ? options with { Broker = set(options.Broker, port) }
            : null);

    private static Setting Number(string name, string key, string help, Func<BrokerOptions, int, BrokerOptions> set) =>
        new(name, key, "a number", help, (options, value) =>
            int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? options with { Broker = set(options.Broker, number) } : null);

    private static Setting Size(string name, string key, string help, Func<BrokerOptions, long, BrokerOptions> set) =>
        new(name, key, "a size, such as 4096, 64KiB or 1MiB", help, (options, value) =>
            Quantity.TryParseSize(value, out var bytes) ? options with { Broker = set(options.Broker, bytes) } : null);

    private static Setting Duration(string name, string key, string help, Func<BrokerOptions, TimeSpan, BrokerOptions> set) =>
        new(name, key, "a duration, such as 500ms, 10s or 1d", help, (options, value) =>
            Quantity.TryParseDuration(value, out var duration) ? options with { Broker = set(options.Broker, duration) } : null);

    private static Setting Tls(string name, string key, string expected, string help, Func<TlsOptions, string, TlsOptions?> set) =>
        new(name, key, expected, help, (options, value) => set(options.Tls, value) is { } tls ? options with { Tls = tls } : null);

    private static bool TryPort(string value, out int port) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65_535;
}
