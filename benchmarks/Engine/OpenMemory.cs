using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Worlds;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Benchmarks.Engine;

/// <summary>
/// What a run keeps alive while 1,000 branches are open, after few steps and after many: delays, so that no device remembers anything.
/// <c>dotnet run --project benchmarks -c Release -- memory</c>.
/// </summary>
internal static class OpenMemory
{
    private const int Branches = 1_000;

    public static void Measure()
    {
        // The first run of a process also makes what all later ones share.
        KeptAfter(10);
        foreach (var rounds in (int[])[10, 100, 1_000])
        {
            Console.WriteLine($"{Branches:N0} branches open, {(long)Branches * rounds:N0} steps done: {KeptAfter(rounds) / 1024.0:N0} KiB");
        }
    }

    private static long KeptAfter(int rounds)
    {
        var round = new SequenceNode([new DelayNode(DurationTemplate.Of(TimeSpan.FromMilliseconds(1)))]);
        var branch = new RepeatNode(round) { Times = new ValueTemplate.Constant(Value.Of(rounds + 1)) };
        var program = new DeviceProgram { Name = "open", Steps = new([new ParallelNode([.. Enumerable.Repeat<Node>(branch, Branches)])]) };
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var world = new VirtualWorld(VirtualFleets.Of(1));
        var run = new Run(program, world);
        var driver = new VirtualDriver(run, world);
        driver.Post(new Fact.Started(1, 1, DateTimeOffset.UnixEpoch, ValueMap.Empty, []));
        while (run.Now < TimeSpan.FromMilliseconds(rounds))
        {
            driver.Step();
        }

        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(driver);
        GC.KeepAlive(program);
        return kept;
    }
}
