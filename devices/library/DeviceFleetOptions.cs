using IotMqtt.Models.Behaviour;
using IotMqtt.Models.StandIns;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Devices;

/// <summary>Where a worker hosts its fleet, and within which bounds.</summary>
public sealed record DeviceFleetOptions
{
    /// <summary>The broker.</summary>
    public required BrokerUrl Broker { get; init; }

    /// <summary>The user name; if null, that of the URL.</summary>
    public string? Username { get; init; }

    /// <summary>The password; if null, that of the URL.</summary>
    public string? Password { get; init; }

    /// <summary>TLS, for <c>mqtts</c> and <c>wss</c>.</summary>
    public TlsOptions Tls { get; init; } = new();

    /// <summary>The root topic.</summary>
    public RootTopic Root { get; init; } = RootTopic.Default;

    /// <summary>
    /// The MQTT client id of a device is this and its device id. Two clients with one id throw each other out, so whoever else
    /// connects must not use it.
    /// </summary>
    public string ClientIdPrefix { get; init; } = "iotmqtt-";

    /// <summary>The seed of all chance; each device derives its own.</summary>
    public ulong Seed { get; init; }

    /// <summary>How long the broker may take to let the first device in, and after that each next one; it is tried again meanwhile.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How many devices connect, or say goodbye, at a time.</summary>
    public int Concurrency { get; init; } = 128;

    /// <summary>How many event loops the devices are spread over; by default one a core.</summary>
    public int Loops { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// A device publishes its retained state at most this often; what changes in between goes out as one, and the last always does.
    /// While commands arrive in a rush, states wait up to half a second for its end.
    /// </summary>
    public TimeSpan StateInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How late what devices do may be before the worker says so: on its lag topic, and every ten seconds in the log.</summary>
    public TimeSpan LagSaid { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a stop may wait for the broker to take the next goodbye.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How many descriptors a device needs in this process: one, and two where its broker is in the same process.</summary>
    public int DescriptorsPerDevice { get; init; } = 1;

    /// <summary>After how long without traffic the broker is asked whether it is there.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a device waits before it connects again.</summary>
    public BackOff BackOff { get; init; } = new();

    /// <summary>
    /// How long a device stays away when another client has taken it over, before it tries to come back: it may find its rival gone. Two that
    /// throw each other out must not do so often.
    /// </summary>
    public BackOff TakenOver { get; init; } = new() { Initial = TimeSpan.FromSeconds(10), Max = TimeSpan.FromMinutes(5) };

    /// <summary>Rules that devices have from the start, with the device's id.</summary>
    internal IReadOnlyList<(string Device, StandInRule Rule)> Rules { get; init; } = [];

    /// <summary>Is told what devices say and hear on topics of their own; null: nobody is.</summary>
    internal IDeviceTap? Tap { get; init; }

    /// <summary>
    /// Whether to look, before and while devices are there, whether another worker hosts devices of the same ids: the one that began first keeps them. Not
    /// where nobody else can be on the broker.
    /// </summary>
    public bool LooksForRivals { get; init; } = true;

    /// <summary>Whether a fleet with ids that another worker hosts is refused at its start; else these devices stay away until that one is gone.</summary>
    public bool RefusesTaken { get; init; }

    /// <summary>Whether a stop leaves nothing retained: meta, model, status and state of its devices are cleared after their goodbye.</summary>
    public bool ClearsRetained { get; init; }

    /// <summary>The bounds of each device. The ledger's generation is chosen when the fleet starts: the ledger is in memory.</summary>
    public DeviceMachineOptions Device { get; init; } = DeviceMachineOptions.Default;
}
