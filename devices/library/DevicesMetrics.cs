using System.Diagnostics.Metrics;
using IotMqtt.Models.Behaviour;

namespace IotMqtt.Devices;

/// <summary>What a worker counts. The names are public; no measurement carries a device's id.</summary>
public sealed class DevicesMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "IotMqtt.Devices";

    /// <summary>Commands that have arrived.</summary>
    public const string CommandsName = "iotmqtt.devices.commands";

    /// <summary>Acknowledgements that have been sent, by status.</summary>
    public const string AcknowledgementsName = "iotmqtt.devices.acknowledgements";

    /// <summary>Retained states that have been published.</summary>
    public const string StatesName = "iotmqtt.devices.states";

    /// <summary>The longest that something was carried out after it was due, in a quarter of a second; seconds.</summary>
    public const string LagName = "iotmqtt.devices.lag";

    private static readonly Meter Meter = new(MeterName);

    private static readonly string[] Statuses = [.. Enum.GetNames<CommandStatus>().Select(name => name.ToLowerInvariant())];

    private readonly Counter<long> _commands = Meter.CreateCounter<long>(CommandsName);
    private readonly Counter<long> _acknowledgements = Meter.CreateCounter<long>(AcknowledgementsName);
    private readonly Counter<long> _states = Meter.CreateCounter<long>(StatesName);

    private readonly Histogram<double> _lag = Meter.CreateHistogram<double>(LagName, unit: "s");

    internal void OnLag(TimeSpan lag) => _lag.Record(lag.TotalSeconds);

    internal void OnCommand() => _commands.Add(1);

    internal void OnAcknowledged(CommandStatus status)
    {
        if (_acknowledgements.Enabled)
        {
            _acknowledgements.Add(1, new KeyValuePair<string, object?>("status", Statuses[(int)status]));
        }
    }

    internal void OnStatePublished() => _states.Add(1);
}
