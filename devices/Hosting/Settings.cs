using System.Globalization;
using IotMqtt.Hosting.Logging;
using IotMqtt.Hosting.Options;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Fleets;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Devices.Hosting;

/// <summary>All options of the program, in the order in which its help lists them.</summary>
internal static class Settings
{
    /// <summary>What they are called in the environment and in appsettings.json.</summary>
    public static readonly OptionNames Names = new("IOTMQTT_", "Devices");

    public static readonly IReadOnlyList<Setting<WorkerOptions>> All =
    [
        new("fleet", "a file", "the fleet to host (needed)", (options, value) => options with { FleetFile = value }) { ValueName = "FILE" },
        new("worker", "a part such as 2/4, the second of four", "host this part of the fleet, where several workers share it [all]", (options, value) =>
            FleetShare.TryParse(value, out var share) ? options with { Worker = share } : null) { ValueName = "N/M" },
        Fleet("broker", "a URL, such as mqtt://localhost:1883", "the broker: mqtt, mqtts, ws or wss [mqtt://127.0.0.1:1883]", (options, value) =>
            BrokerUrl.TryParse(value, out var url, out _) ? options with { Broker = url } : null) with { IsSecret = true, ValueName = "URL" },
        Fleet("username", "text", "user name for the broker [that of the URL]", (options, value) => options with { Username = value }),
        Fleet("password", "text", "password for the broker [that of the URL]; rather in the environment", (options, value) => options with { Password = value }) with { IsSecret = true },
        Fleet("root", "a topic without wildcards", "root topic [iotmqtt]", (options, value) =>
            RootTopic.TryParse(value, out var root) ? options with { Root = root } : null),
        Fleet("client-id-prefix", "text", "the client id of a device is this and its id [iotmqtt-]", (options, value) => options with { ClientIdPrefix = value }),
        Fleet("seed", "a whole number", "seed of all chance [0]", (options, value) =>
            ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? options with { Seed = seed } : null),
        Duration("connect-timeout", "how long nobody may get in before it is given up [8s]", (options, value) => options with { ConnectTimeout = value }),
        Duration("state-interval", "a device publishes its state at most this often [100ms]", (options, value) => options with { StateInterval = value }),
        Duration("keep-alive", "after how long without traffic the broker is asked whether it is there [30s]", (options, value) => options with { KeepAlive = value }),
        Number("connect-concurrency", "devices that connect at a time [128]", (options, value) => options with { Concurrency = value }),
        Number("loops", "event loops [one a core]", (options, value) => options with { Loops = value }),
        Number("queue", "commands that may wait in a device [1000]", (options, value) => options with { Device = options.Device with { QueueBound = value } }),
        Number("ledger", "commands that a device remembers [262144]", (options, value) => options with { Device = options.Device with { LedgerCapacity = value } }),
        Fleet("tls-ca", "a file", "PEM file of the certificates to trust instead of the system's", (options, value) => options with { Tls = options.Tls with { CaFile = value } }) with { OldNames = ["ca-file"] },
        Fleet("tls-certificate", "a file", "PEM file of the worker's own certificate", (options, value) => options with { Tls = options.Tls with { CertificateFile = value } }),
        Fleet("tls-key", "a file", "PEM file of its key, if the certificate's does not hold it", (options, value) => options with { Tls = options.Tls with { KeyFile = value } }),
        new("health-file", "a file, or off", "where the worker says how it is, for `health` [off; in containers a temporary file]", (options, value) =>
            options with { HealthFile = value == "off" ? null : value }) { ValueName = "FILE|off" },
        .. LogOptions.Settings<WorkerOptions>(options => options.Log, (options, log) => options with { Log = log }),
    ];

    private static Setting<WorkerOptions> Fleet(string name, string expected, string help, Func<DeviceFleetOptions, string, DeviceFleetOptions?> set) =>
        new(name, expected, help, (options, value) => set(options.Fleet, value) is { } fleet ? options with { Fleet = fleet } : null)
        {
            ValueName = expected.Split(' ', ',') switch { [_, "file", ..] => "FILE", [_, "duration", ..] => "TIME", [_, "topic", ..] => "TOPIC", ["text", ..] => "TEXT", _ => "N" },
        };

    private static Setting<WorkerOptions> Duration(string name, string help, Func<DeviceFleetOptions, TimeSpan, DeviceFleetOptions> set) =>
        Fleet(name, "a duration, such as 500ms or 10s", help, (options, value) => DurationText.TryParse(value, out var duration) ? set(options, duration) : null);

    private static Setting<WorkerOptions> Number(string name, string help, Func<DeviceFleetOptions, int, DeviceFleetOptions> set) =>
        Fleet(name, "a whole number of at least 1", help, (options, value) =>
            int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? set(options, number) : null);
}
