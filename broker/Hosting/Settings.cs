using System.Globalization;
using IotMqtt.Hosting.Logging;
using IotMqtt.Hosting.Options;

namespace IotMqtt.Broker.Hosting;

/// <summary>All options of the program, in the order in which its help lists them.</summary>
internal static class Settings
{
    /// <summary>What they are called in the environment and in appsettings.json.</summary>
    public static readonly OptionNames Names = new("IOTMQTT_BROKER_", "Broker");

    public static readonly IReadOnlyList<Setting<ProgramOptions>> All =
    [
        Text("host", "address to listen on; * is all, localhost both families [127.0.0.1]", (options, value) => options with { Host = value }),
        PortOrOff("port", "port for mqtt://; 0 takes a free one, off is none [1883]", (options, value) => options with { Port = value }),
        PortOrOff("websocket-port", "HTTP port for ws://…/mqtt and /health [off]", (options, value) => options with { WebSocketPort = value }),
        PortOrOff("health-port", "HTTP port for /health alone [off]", (options, value) => options with { HealthPort = value }),
        Text("username", "let in only clients with this user name [anybody]", (options, value) => options with { Username = value }),
        Text("password", "and this password", (options, value) => options with { Password = value }) with { IsSecret = true },
        Text("users-file", "users and hashes, as mosquitto_passwd writes them, or 'passwd' of this program [none]", (options, value) => options with { UsersFile = value }) with { ValueName = "FILE" },
        Text("acl-file", "who may read and write what, in Mosquitto's format [all may]", (options, value) => options with { AclFile = value }) with { ValueName = "FILE" },
        Switch("allow-anonymous", "true: without users, listen on other addresses than loopback all the same [false]", (options, value) => options with { AllowAnonymous = value }),
        Text("websocket-origins", "origins whose web pages may open a WebSocket, with commas; * is any [its own address]", (options, value) => options with { WebSocketOrigins = value }),
        Tls("tls-certificate", "a file", "PFX or PEM file; turns TLS on [none]", (tls, value) => tls with { Certificate = value }),
        Tls("tls-key", "a file", "PEM file of the key, if the certificate's does not hold it", (tls, value) => tls with { Key = value }),
        Tls("tls-password", "text", "password of the PFX file or the key", (tls, value) => tls with { Password = value }) with { IsSecret = true },
        Tls("tls-port", "a port", "port for mqtts:// [8883]", (tls, value) => TryPort(value, out var port) ? tls with { Port = port } : null),
        Tls("tls-websocket-port", "a port", "port for wss://…/mqtt [off]", (tls, value) => TryPort(value, out var port) ? tls with { WebSocketPort = port } : null),
        Duration("connect-timeout", "time from the connection to its CONNECT [10s]", (options, value) => options with { ConnectTimeout = value }),
        Duration("max-session-expiry", "longest that a session outlives its client [1d]", (options, value) => options with { MaxSessionExpiry = value }),
        Number("max-connections", "clients at a time [20000]", (options, value) => options with { MaxConnections = value }),
        Number("max-connections-per-address", "clients of one address at a time; 0 is no limit [0]", (options, value) => options with { MaxConnectionsPerAddress = value }),
        Number("max-failed-logins", "wrong passwords of one address within a minute; 0 is no limit [60]", (options, value) => options with { MaxFailedLogins = value }),
        Number("max-sessions", "sessions, connected or kept [50000]", (options, value) => options with { MaxSessions = value }),
        Size("max-packet-size", "bytes of a packet [1MiB]", (options, value) => options with { MaxPacketSize = (int)Math.Min(value, int.MaxValue) }),
        Number("max-queued-messages", "messages waiting for one session [100000]", (options, value) => options with { MaxQueuedMessages = value }),
        Size("max-queued-bytes", "bytes waiting for one session [64MiB]", (options, value) => options with { MaxQueuedBytes = value }),
        Size("max-queued-bytes-in-all", "bytes waiting for all sessions [256MiB]", (options, value) => options with { MaxQueuedBytesInAll = value }),
        Number("max-in-flight", "unacknowledged messages of one session [1024]", (options, value) => options with { MaxInFlight = value }),
        Number("max-subscriptions", "subscriptions of one session [10000]", (options, value) => options with { MaxSubscriptionsPerSession = value }) with { OldNames = ["max-subscriptions-per-session"] },
        Number("max-retained-messages", "retained messages [200000]", (options, value) => options with { MaxRetainedMessages = value }),
        Size("max-retained-bytes", "bytes of all retained messages [256MiB]", (options, value) => options with { MaxRetainedBytes = value }),
        .. LogOptions.Settings<ProgramOptions>(options => options.Log, (options, log) => options with { Log = log }),
    ];

    private static Setting<ProgramOptions> Text(string name, string help, Func<BrokerOptions, string, BrokerOptions> set) =>
        new(name, "text", help, (options, value) => options with { Broker = set(options.Broker, value) }) { ValueName = "TEXT" };

    private static Setting<ProgramOptions> Switch(string name, string help, Func<BrokerOptions, bool, BrokerOptions> set) =>
        new(name, "true or false", help, (options, value) => bool.TryParse(value, out var isOn) ? options with { Broker = set(options.Broker, isOn) } : null) { ValueName = "true|false" };

    private static Setting<ProgramOptions> PortOrOff(string name, string help, Func<BrokerOptions, int?, BrokerOptions> set) =>
        new(name, "a port, 0 to 65535, or off", help, (options, value) =>
            value == "off" ? options with { Broker = set(options.Broker, null) }
            : TryPort(value, out var port) ? options with { Broker = set(options.Broker, port) }
            : null)
        {
            ValueName = "PORT",
        };

    private static Setting<ProgramOptions> Number(string name, string help, Func<BrokerOptions, int, BrokerOptions> set) =>
        new(name, "a number", help, (options, value) =>
            int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? options with { Broker = set(options.Broker, number) } : null)
        {
            ValueName = "N",
        };

    private static Setting<ProgramOptions> Size(string name, string help, Func<BrokerOptions, long, BrokerOptions> set) =>
        new(name, "a size, such as 4096, 64KiB or 1MiB", help, (options, value) =>
            Quantity.TryParseSize(value, out var bytes) ? options with { Broker = set(options.Broker, bytes) } : null)
        {
            ValueName = "SIZE",
        };

    private static Setting<ProgramOptions> Duration(string name, string help, Func<BrokerOptions, TimeSpan, BrokerOptions> set) =>
        new(name, "a duration, such as 500ms, 10s or 1d", help, (options, value) =>
            Quantity.TryParseDuration(value, out var duration) ? options with { Broker = set(options.Broker, duration) } : null)
        {
            ValueName = "TIME",
        };

    private static Setting<ProgramOptions> Tls(string name, string expected, string help, Func<TlsOptions, string, TlsOptions?> set) =>
        new(name, expected, help, (options, value) => set(options.Tls, value) is { } tls ? options with { Tls = tls } : null) { ValueName = expected switch { "a file" => "FILE", "a port" => "PORT", _ => "TEXT" } };

    private static bool TryPort(string value, out int port) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65_535;
}
