using IotMqtt.Models.Values;
using IotMqtt.Protocol.Ids;
using IotMqtt.Runner.Dispatch.Devices;
using IotMqtt.Runner.Dispatch.Links;
using IotMqtt.Runner.Dispatch.Timing;
using IotMqtt.Runner.Running;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Runner.Dispatch;

/// <summary>What a world is made of.</summary>
internal sealed record WorldSetup
{
    public required ControlPlane Plane { get; init; }

    public required DeviceDirectory Devices { get; init; }

    public required RunClock Clock { get; init; }

    /// <summary>How late the run is.</summary>
    public RunLag Lag { get; init; } = new();

    public required RunId Run { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>What <c>env</c> stands for.</summary>
    public Value Environment { get; init; } = Value.Of(ValueMap.Empty);

    /// <summary>Where commands are traced and measured; null: nowhere.</summary>
    public RunTrace? Trace { get; init; }

    /// <summary>Where the lines of <c>log</c> nodes go.</summary>
    public Action<TimeSpan, string>? Said { get; init; }
}
