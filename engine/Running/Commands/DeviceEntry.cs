using IotMqtt.Engine.Running.CriticalPath;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices;

namespace IotMqtt.Engine.Running.Commands;

/// <summary>What a run knows of a device.</summary>
internal sealed class DeviceEntry(DeviceModel? model)
{
    /// <summary>The commands in flight for it, in the order in which they were sent.</summary>
    public List<CommandFrame> Open { get; } = [];

    /// <summary>Its queue in the ideal run.</summary>
    public DeviceLanes Lanes { get; } = new(Math.Max(1, model?.Concurrency ?? 1));

    /// <summary>Whether it is known to be away.</summary>
    public bool IsOffline { get; set; }

    public string? Incarnation { get; set; }

    /// <summary>The generation of its ledger; null: not known.</summary>
    public string? Ledger { get; set; }

    /// <summary>How long it may take for a command, by its model.</summary>
    public TimeSpan LongestOf(string command) => model?.FindCommand(command) is { Done: { } done } ? done.Within : model?.FindCommand(command)?.Takes switch
    {
        DurationSpec.Fixed takes => takes.Value,
        DurationSpec.Uniform takes => takes.Max,
        DurationSpec.Normal takes => takes.MeanValue + (6 * takes.StandardDeviation),
        _ => TimeSpan.Zero,
    };
}
