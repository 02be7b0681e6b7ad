using System.Diagnostics;

namespace IotMqtt.Benchmarks.Engine;

/// <summary>
/// How long 10,000 lines take to be read and checked: the first time in a process, with what the just-in-time compiler does meanwhile, and the best
/// of twenty, by the clock and by processor time.
/// <c>dotnet run --project benchmarks -c Release -- load</c>.
/// </summary>
internal static class LoadTime
{
    public static void Measure()
    {
        var benchmark = new LoadBenchmarks();
        benchmark.SetUp();
        Say("the first time", Timed(benchmark));
        var (clock, processor) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var round = 0; round < 20; round++)
        {
            var took = Timed(benchmark);
            clock = took.Clock < clock ? took.Clock : clock;
            processor = took.Processor < processor ? took.Processor : processor;
        }

        Say("the best of twenty", (clock, processor));
    }

    private static (TimeSpan Clock, TimeSpan Processor) Timed(LoadBenchmarks benchmark)
    {
        var (began, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        benchmark.ReadAndValidate();
        return (Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - used);
    }

    private static void Say(string what, (TimeSpan Clock, TimeSpan Processor) took) =>
        Console.WriteLine($"10,000 lines, {what}: {took.Clock.TotalMilliseconds:F0} ms by the clock, {took.Processor.TotalMilliseconds:F0} ms of processor time");
}
