using System.Diagnostics;

namespace IotMqtt.Benchmarks.Engine;

/// <summary>
/// Steps a second, best of twenty, by the clock and by processor time: on a machine that is busy with other things the clock says little.
/// <c>dotnet run --project benchmarks -c Release -- steps</c>.
/// </summary>
internal static class StepRate
{
    private const int Steps = 100_000;

    public static void Measure()
    {
        var benchmark = new RunBenchmarks();
        benchmark.SetUp();
        var (clock, processor) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var round = 0; round < 20; round++)
        {
            var (began, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            benchmark.ThousandBranchesOfHundredSteps();
            clock = Shorter(clock, Stopwatch.GetElapsedTime(began));
            processor = Shorter(processor, Environment.CpuUsage.TotalTime - used);
        }

        Say("by the clock", clock);
        Say("of processor time", processor);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static void Say(string what, TimeSpan taken) =>
        Console.WriteLine($"{Steps:N0} steps in {taken.TotalMilliseconds:F0} ms {what}: {Steps / taken.TotalSeconds:N0} steps a second");
}
