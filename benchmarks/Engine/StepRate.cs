namespace IotMqtt.Benchmarks.Engine;

/// <summary>
/// Steps a second of processor time, best of ten: what one core does, also on a machine that is busy with other things, where a
/// benchmark's wall time says nothing. <c>dotnet run --project benchmarks -c Release -- steps</c>.
/// </summary>
internal static class StepRate
{
    public static void Measure()
    {
        var benchmark = new RunBenchmarks();
        benchmark.SetUp();
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < 10; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            benchmark.ThousandBranchesOfHundredSteps();
            var taken = Environment.CpuUsage.TotalTime - before;
            best = taken < best ? taken : best;
        }

        Console.WriteLine($"100,000 steps in {best.TotalMilliseconds:F0} ms of processor time: {100_000 / best.TotalSeconds:N0} steps a second");
    }
}
