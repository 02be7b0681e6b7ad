using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.StandIns;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Registry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotMqtt.Runner.Running;

/// <summary>
/// Where programs run, in one of three ways: with a fleet alone, broker and fleet are started in this process; with a fleet and a
/// broker, the fleet is hosted in this process against that broker; with a broker alone, the devices that are there are used.
/// DESIGN section 2.
/// </summary>
public sealed record ProgramRunnerOptions
{
    /// <summary>The fleet to emulate; null: the devices that are there.</summary>
    public FleetDefinition? Fleet { get; init; }

    /// <summary>The broker; null: one in this process, on a free loopback port.</summary>
    public BrokerUrl? Broker { get; init; }

    /// <summary>TLS, for <c>mqtts</c> and <c>wss</c>.</summary>
    public TlsOptions Tls { get; init; } = new();

    /// <summary>The root topic. <c>iotmqtt</c>.</summary>
    public RootTopic Root { get; init; } = RootTopic.Default;

    /// <summary>The seed of all chance, of devices and runs: equal seeds, equal runs. 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Over how many connections devices are commanded; they are spread by a stable hash. 1.</summary>
    public int Connections { get; init; } = 1;

    /// <summary>How devices are registered.</summary>
    public RegistrationOptions Registration { get; init; } = new();

    /// <summary>Whether what is retained of a fleet that was hosted in this process stays on a broker that is not, once the fleet has stopped. It is cleared.</summary>
    public bool LeavesRetained { get; init; }

    /// <summary>Where everything logs. Nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The clock. The system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What the client ids of the fleet's devices begin with; null: the worker's default.</summary>
    internal string? ClientIdPrefix { get; init; }

    /// <summary>Rules that devices of the fleet have from the start, with the device's id.</summary>
    internal IReadOnlyList<(string Device, StandInRule Rule)> Rules { get; init; } = [];

    /// <summary>Is told what devices of the fleet say and hear on topics of their own; null: nobody is.</summary>
    internal IDeviceTap? Tap { get; init; }

    /// <summary>What ends before a program begins, so that both do not share the processor; null: the runner's own rehearsal.</summary>
    internal Task? Rehearsed { get; init; }
}
