using IotMqtt.Engine.Programs;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Dispatch.Links;
using IotMqtt.Runner.Registry;
using IotMqtt.Runner.Running;
using IotMqtt.Testing;

namespace IotMqtt.Runner.Tests.Support;

/// <summary>Devices written by hand on a broker, and runs that command them.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private static readonly DeviceModel Model = new()
    {
        Name = "thing",
        Hash = "thing",
        Properties = [new PropertyDefinition("on", new DataType { Kind = DataTypeKind.Boolean }, Value.False)],
        Commands = [new CommandDefinition { Name = "go", Takes = new DurationSpec.Fixed(TimeSpan.Zero) }],
    };

    private readonly BrokerUrl _broker;
    private readonly Dictionary<string, FakeDevice> _devices = [];

    private Rig(BrokerUrl broker, ControlPlane plane, TestLog log)
    {
        _broker = broker;
        Plane = plane;
        Log = log;
    }

    public ControlPlane Plane { get; }

    public TestLog Log { get; }

    public RegistrationOptions Registration { get; set; } = new() { Patience = TimeSpan.FromSeconds(2) };

    /// <summary>The start of the fleet, as where it is in the same process.</summary>
    public Task FleetStarted { get; set; } = Task.CompletedTask;

    /// <summary>What lies between the registration and the first step.</summary>
    public Task Rehearsed { get; set; } = Task.CompletedTask;

    public RecordedRun Record { get; } = new();

    public FakeDevice this[string id] => _devices[id];

    public static async Task<Rig> StartAsync(BrokerUrl broker, CancellationToken cancellationToken, params string[] devices)
    {
        var log = new TestLog();
        var environment = new LinkEnvironment(loggerFactory: log);
        var plane = await ControlPlane.ConnectAsync(
            new ControlPlaneOptions { Broker = broker }, environment, log.CreateLogger("rig"), cancellationToken);
        var rig = new Rig(broker, plane, log);
        foreach (var id in devices)
        {
            await rig.AddAsync(id, cancellationToken);
        }

        return rig;
    }

    /// <summary>Starts another device.</summary>
    public async Task AddAsync(string id, CancellationToken cancellationToken) =>
        _devices.Add(id, await FakeDevice.StartAsync(id, _broker, cancellationToken));

    /// <summary>A command of a device.</summary>
    public static DoNode Do(string device) => new(new DeviceTarget(SourcePosition.None, device), "go");

    public static SequenceNode Sequence(params Node[] steps) => new([.. steps]);

    public static ParallelNode Parallel(params Node[] branches) => new([.. branches]) { OnFailure = OnFailure.Complete };

    public Task<ProgramResult> RunAsync(CancellationToken cancellationToken, params Node[] steps) =>
        RunAsync(new ProgramRunOptions(), TimeSpan.FromSeconds(30), cancellationToken, steps);

    /// <summary>Runs steps with the devices of this rig.</summary>
    public Task<ProgramResult> RunAsync(
        ProgramRunOptions options, TimeSpan stepTimeout, CancellationToken cancellationToken, params Node[] steps) =>
        RunAsync([.. _devices.Keys], options, stepTimeout, cancellationToken, steps);

    public Task<ProgramResult> RunAsync(
        IReadOnlyList<string> devices, ProgramRunOptions options, TimeSpan stepTimeout, CancellationToken cancellationToken, params Node[] steps)
    {
        var program = new DeviceProgram { Name = "test", Steps = Sequence(steps), StepTimeout = stepTimeout };
        var fleet = new FleetDefinition
        {
            Name = "rig",
            Devices = [.. devices.Select(id => new DeviceDefinition { Id = id, Model = Model, At = SourcePosition.None })],
        };
        var runner = new ProgramRunnerOptions
        {
            Fleet = fleet,
            Broker = _broker,
            Registration = Registration,
        };
        var run = new ProgramRun(Plane, runner, options with { Observers = [Record] }, FleetStarted, Rehearsed, Log.CreateLogger("run"));
        return run.RunAsync(program, fleet, new ProgramInputs(ValueMap.Empty, ValueMap.Empty), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Plane.DisposeAsync();
        foreach (var device in _devices.Values)
        {
            await device.DisposeAsync();
        }
    }
}
