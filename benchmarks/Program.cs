using BenchmarkDotNet.Running;
using IotMqtt.Benchmarks.Engine;

if (args is ["steps"])
{
    StepRate.Measure();
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
