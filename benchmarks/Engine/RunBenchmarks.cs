using BenchmarkDotNet.Attributes;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Worlds;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Values;

namespace IotMqtt.Benchmarks.Engine;

/// <summary>How many steps a second one core runs in virtual time, the devices' models included.</summary>
[MemoryDiagnoser]
public class RunBenchmarks
{
    private const int Branches = 1_000;
    private const int Steps = 100;

    private FleetDefinition _fleet = null!;
    private DeviceProgram _program = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _fleet = VirtualFleets.Of(Branches);
        _program = VirtualFleets.Branches(Branches, Steps);
    }

    /// <summary>1,000 branches of 100 steps each, one device a branch.</summary>
    [Benchmark(OperationsPerInvoke = Branches * Steps)]
    public Verdict ThousandBranchesOfHundredSteps()
    {
        var world = new VirtualWorld(_fleet);
        var run = new Run(_program, world);
        return new VirtualDriver(run, world).Drive(new Fact.Started(1, 1, DateTimeOffset.UnixEpoch, ValueMap.Empty, [.. world.Seen]));
    }
}
