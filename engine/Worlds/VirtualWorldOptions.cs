using IotMqtt.Models.StandIns;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Worlds;

/// <summary>A world in virtual time.</summary>
internal sealed record VirtualWorldOptions
{
    /// <summary>The seed of all chance of its devices.</summary>
    public ulong Seed { get; init; }

    /// <summary>How long a message takes from the run to a device, and back. None.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>When the run begins, by the calendar: what <c>Date</c> says.</summary>
    public DateTimeOffset StartedAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>The root of the topics on which its devices are heard; as <c>--root</c> of a run. <c>iotmqtt</c>.</summary>
    public string Root { get; init; } = "iotmqtt";

    /// <summary>What <c>env</c> stands for.</summary>
    public ValueMap Environment { get; init; } = ValueMap.Empty;

    /// <summary>Rules that devices have from the start, with the device's id.</summary>
    public IReadOnlyList<(string Device, StandInRule Rule)> Rules { get; init; } = [];

    /// <summary>Is told what devices say and hear; null: nobody is.</summary>
    public IWorldTap? Tap { get; init; }

    /// <summary>Takes the lines that the program logs; null: nobody.</summary>
    public Action<TimeSpan, string>? Log { get; init; }
}
