using System.Collections.Concurrent;
using IotMqtt.Devices.Fleet.Links;
using IotMqtt.Devices.Loops;
using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Devices;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Devices.Fleet;

/// <summary>What all devices of a worker share.</summary>
internal sealed class FleetContext
{
    private readonly ConcurrentDictionary<(string Model, string Where), bool> _wrong = new();
    private int _online;

    public FleetContext(DeviceFleetOptions options, ILoggerFactory loggerFactory, TimeProvider time)
    {
        Options = options;
        Topics = new Topics(options.Root);
        Clock = new LoopClock(time);
        Logger = loggerFactory.CreateLogger("IotMqtt.Devices");
        Links = new LinkEnvironment(time, loggerFactory, metrics: null, options.Seed);

        // One life for all devices of a worker; its ledgers are as old as itself.
        var life = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        Incarnation = Incarnation.Parse(life);
        Ledger = LedgerGeneration.Parse(life);
        Rivals = new Rivals(this);
        Worker = new WorkerLink(this);
        Machine = options.Device with { LedgerGeneration = life, Origin = Clock.Start };
    }

    public DeviceFleetOptions Options { get; }

    public Topics Topics { get; }

    public LoopClock Clock { get; }

    public ILogger Logger { get; }

    public LinkEnvironment Links { get; }

    public Incarnation Incarnation { get; }

    public LedgerGeneration Ledger { get; }

    public DeviceMachineOptions Machine { get; }

    /// <summary>The connection that is the worker's own.</summary>
    public WorkerLink Worker { get; }

    /// <summary>Other workers with the same devices.</summary>
    public Rivals Rivals { get; }

    /// <summary>How late its loops are.</summary>
    public LagMeter Lag { get; } = new();

    public DevicesMetrics Metrics { get; } = new();

    /// <summary>How many devices are online.</summary>
    public int Online => Volatile.Read(ref _online);

    public void CountOnline(int change) => Interlocked.Add(ref _online, change);

    /// <summary>A model is wrong: said aloud once for all its devices.</summary>
    public void ModelWrong(string device, DeviceModel model, string where, string error)
    {
        if (_wrong.TryAdd((model.Hash, where), true))
        {
            Logger.ModelWrong(device, model.Name, where, error);
        }
        else
        {
            Logger.ModelWrongAgain(device, model.Name, where, error);
        }
    }
}
