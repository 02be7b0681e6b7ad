using BenchmarkDotNet.Running;
using IotMqtt.Benchmarks.EndToEnd;
using IotMqtt.Benchmarks.Engine;

if (args is ["steps"])
{
    StepRate.Measure();
}
else if (args is ["memory"])
{
    OpenMemory.Measure();
}
else if (args is ["load"])
{
    LoadTime.Measure();
}
else if (args is ["end-to-end", ..])
{
    await EndToEndBenchmark.RunAsync(args[1..], CancellationToken.None);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(StepRate).Assembly).Run(args);
}
