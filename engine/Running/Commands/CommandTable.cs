namespace IotMqtt.Engine.Running.Commands;

/// <summary>The commands in flight, by id, and the devices that the run knows.</summary>
internal sealed class CommandTable(IDeviceCatalog catalog)
{
    private readonly Dictionary<UInt128, CommandFrame> _open = [];
    private readonly Dictionary<string, DeviceEntry> _devices = new(StringComparer.Ordinal);
    private long _sent;

    /// <summary>How many commands are in flight.</summary>
    public int Count => _open.Count;

    /// <summary>The commands in flight in the order in which they were sent, which is that of the devices' queues.</summary>
    public CommandFrame[] InOrder() => [.. _open.Values.OrderBy(static command => command.Sent)];

    public CommandFrame? Find(UInt128 id) => _open.GetValueOrDefault(id);

    public DeviceEntry Device(string id)
    {
        if (!_devices.TryGetValue(id, out var device))
        {
            device = new DeviceEntry(catalog.ModelOf(id));
            _devices.Add(id, device);
        }

        return device;
    }

    public void Add(CommandFrame command)
    {
        _open.Add(command.Id, command);
        command.Sent = ++_sent;
        command.Entry.Open.Add(command);
    }

    public void Remove(CommandFrame command)
    {
        _open.Remove(command.Id);
        command.Entry.Open.Remove(command);
    }
}
