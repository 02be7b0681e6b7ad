using System.Globalization;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Fleets;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Devices.Hosting;

/// <summary>All options of the program, in the order in which its help lists them.</summary>
internal static class Settings
{
    public static readonly IReadOnlyList<Setting> All =
    [
        new("fleet", "Fleet", "a file", "the fleet to host (needed)", (options, value) => options with { FleetFile = value }),
        new("worker", "Worker", "a part such as 2/4, the second of four", "host this part of the fleet, where several workers share it [all]", (options, value) =>
            FleetShare.TryParse(value, out var share) ? options with { Worker = share } : null),
        Fleet("broker", "Broker", "a URL, such as mqtt://localhost:1883", "the broker: mqtt, mqtts, ws or wss [mqtt://127.0.0.1:1883]", (options, value) =>
            BrokerUrl.TryParse(value, out var url, out _) ? options with { Broker = url } : null),
        Fleet("username", "Username", "text", "user name for the broker [that of the URL]", (options, value) => options with { Username = value }),
        Fleet("password", "Password", "text", "password for the broker [that of the URL]; rather in the environment", (options, value) => options with { Password = value }),
        Fleet("root", "Root", "a topic without wildcards", "root topic [iotmqtt]", (options, value) =>
            RootTopic.TryParse(value, out var root) ? options with { Root = root } : null),
        Fleet("client-id-prefix", "ClientIdPrefix", "text", "the client id of a device is this and its id [iotmqtt-]", (options, value) => options with { ClientIdPrefix = value }),
        Fleet("seed", "Seed", "a whole number", "seed of all chance [0]", (options, value) =>
            ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? options with { Seed = seed } : null),
        Duration("connect-timeout", "ConnectTimeout", "how long nobody may get in before it is given up [8s]", (options, value) => options with { ConnectTimeout = value }),
        Duration("state-interval", "StateInterval", "a device publishes its state at most this often [100ms]", (options, value) => options with { StateInterval = value }),
        Duration("keep-alive", "KeepAlive", "after how long without traffic the broker is asked whether it is there [30s]", (options, value) => options with { KeepAlive = value }),
        Number("connect-concurrency", "ConnectConcurrency", "devices that connect at a time [128]", (options, value) => options with { Concurrency = value }),
        Number("loops", "Loops", "event loops [one a core]", (options, value) => options with { Loops = value }),
        Number("queue", "Queue", "commands that may wait in a device [1000]", (options, value) => options with { Device = options.Device with { QueueBound = value } }),
        Number("ledger", "Ledger", "commands that a device remembers [262144]", (options, value) => options with { Device = options.Device with { LedgerCapacity = value } }),
        Fleet("tls-ca", "Tls:Ca", "a file", "PEM file of the certificates to trust instead of the system's", (options, value) => options with { Tls = options.Tls with { CaFile = value } }),
        Fleet("tls-certificate", "Tls:Certificate", "a file", "PEM file of the worker's own certificate", (options, value) => options with { Tls = options.Tls with { CertificateFile = value } }),
        Fleet("tls-key", "Tls:Key", "a file", "PEM file of its key, if the certificate's does not hold it", (options, value) => options with { Tls = options.Tls with { KeyFile = value } }),
        new("health-file", "HealthFile", "a file, or off", "where the worker says how it is, for `health` [off; in containers a temporary file]", (options, value) =>
            options with { HealthFile = value == "off" ? null : value }),
        new("log-level", "LogLevel", "trace, debug, information, warning or error", "what is logged [information]", (options, value) =>
            Enum.TryParse<LogLevel>(value, ignoreCase: true, out var level) && Enum.IsDefined(level) && !char.IsDigit(value[0]) ? options with { LogLevel = level } : null),
    ];

    private static Setting Fleet(string name, string key, string expected, string help, Func<DeviceFleetOptions, string, DeviceFleetOptions?> set) =>
        new(name, key, expected, help, (options, value) => set(options.Fleet, value) is { } fleet ? options with { Fleet = fleet } : null);

    private static Setting Duration(string name, string key, string help, Func<DeviceFleetOptions, TimeSpan, DeviceFleetOptions> set) =>
        Fleet(name, key, "a duration, such as 500ms or 10s", help, (options, value) => DurationText.TryParse(value, out var duration) ? set(options, duration) : null);

    private static Setting Number(string name, string key, string help, Func<DeviceFleetOptions, int, DeviceFleetOptions> set) =>
        Fleet(name, key, "a whole number of at least 1", help, (options, value) =>
            int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? set(options, number) : null);
}
