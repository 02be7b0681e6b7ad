using IotMqtt.Protocol.Ids;

namespace IotMqtt.Protocol.Addressing;

/// <summary>
/// Every topic of the contract under one root topic. Nothing else builds or takes apart a topic. Building costs one
/// concatenation: whoever publishes to the same topic over and over keeps the string.
/// </summary>
internal sealed partial class Topics
{
    private readonly string _devices;
    private readonly string _models;
    private readonly string _clients;
    private readonly string _workers;

    /// <summary>Prepares the topics under a root.</summary>
    public Topics(RootTopic root)
    {
        Root = root;
        _devices = $"{root}/devices/";
        _models = $"{root}/models/";
        _clients = $"{root}/clients/";
        _workers = $"{root}/workers/";
    }

    /// <summary>The topics under <see cref="RootTopic.Default"/>.</summary>
    public static Topics Default { get; } = new(RootTopic.Default);

    /// <summary>The root topic.</summary>
    public RootTopic Root { get; }

    /// <summary>The filter for the retained meta of all devices.</summary>
    public string AllMetaFilter => $"{_devices}+/meta";

    /// <summary>The filter for the retained status of all devices.</summary>
    public string AllStatusFilter => $"{_devices}+/status";

    /// <summary>The filter for the retained state of all devices.</summary>
    public string AllStateFilter => $"{_devices}+/state";

    /// <summary>The filter for all models.</summary>
    public string AllModelsFilter => $"{_models}+";

    /// <summary>The filter for the retained status of all workers.</summary>
    public string AllWorkersFilter => $"{_workers}+/status";

    /// <summary>The filter for the lag of all workers.</summary>
    public string AllLagFilter => $"{_workers}+/lag";

    /// <summary>Where a worker says whether it is online; retained, and its will.</summary>
    public string WorkerStatus(Incarnation worker) => string.Concat(_workers, Given(worker.ToString(), nameof(worker)), "/status");

    /// <summary>Where a worker says how late it is.</summary>
    public string WorkerLag(Incarnation worker) => string.Concat(_workers, Given(worker.ToString(), nameof(worker)), "/lag");

    /// <summary>Where a device says what it is; retained.</summary>
    public string Meta(DeviceId device) => string.Concat(_devices, Text(device), "/meta");

    /// <summary>Where a device says whether it is online; retained, and its will.</summary>
    public string Status(DeviceId device) => string.Concat(_devices, Text(device), "/status");

    /// <summary>Where a device says its properties; retained.</summary>
    public string State(DeviceId device) => string.Concat(_devices, Text(device), "/state");

    /// <summary>Where a device takes a command.</summary>
    public string Command(DeviceId device, CommandName command) =>
        string.Concat(_devices, Text(device), "/cmd/", Given(command.ToString(), nameof(command)));

    /// <summary>The filter for all commands of a device.</summary>
    public string CommandFilter(DeviceId device) => string.Concat(_devices, Text(device), "/cmd/+");

    /// <summary>Where a device takes what bypasses its command queue.</summary>
    public string Control(DeviceId device, ControlVerb verb) => string.Concat(_devices, Text(device), "/control/", Name(verb));

    /// <summary>The filter for all control topics of a device.</summary>
    public string ControlFilter(DeviceId device) => string.Concat(_devices, Text(device), "/control/+");

    /// <summary>Where a device publishes a reading.</summary>
    public string Telemetry(DeviceId device, SignalName name) =>
        string.Concat(_devices, Text(device), "/telemetry/", Given(name.ToString(), nameof(name)));

    /// <summary>Where a device publishes an event.</summary>
    public string Event(DeviceId device, SignalName name) =>
        string.Concat(_devices, Text(device), "/event/", Given(name.ToString(), nameof(name)));

    /// <summary>Where a model is described; retained.</summary>
    public string Model(ModelHash hash) => string.Concat(_models, Given(hash.ToString(), nameof(hash)));

    /// <summary>The Response Topic of a requester for one device.</summary>
    public string Ack(ClientId client, DeviceId device) =>
        string.Concat(_clients, Given(client.ToString(), nameof(client)), "/ack/", Text(device));

    /// <summary>The one lifetime subscription of a requester: its acknowledgements from all devices.</summary>
    public string AckFilter(ClientId client) => string.Concat(_clients, Given(client.ToString(), nameof(client)), "/ack/+");

    private static string Name(ControlVerb verb) => verb switch
    {
        ControlVerb.Register => "register",
        ControlVerb.Query => "query",
        ControlVerb.Cancel => "cancel",
        ControlVerb.Fault => "fault",
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, "No such verb."),
    };

    private static string Text(DeviceId device) => Given(device.ToString(), nameof(device));

    // A default id has no text; it must not become a topic with an empty level.
    private static string Given(string text, string parameter) =>
        text.Length > 0 ? text : throw new ArgumentException("An empty id is no topic level.", parameter);
}
