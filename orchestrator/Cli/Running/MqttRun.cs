using IotMqtt.Orchestrator.Cli.Logging;
using IotMqtt.Runner.Running;

namespace IotMqtt.Orchestrator.Cli.Running;

/// <summary>A run over MQTT: on a broker in this process, or on another.</summary>
internal static class MqttRun
{
    /// <summary>Rehearses, once a process, what such a run is made of.</summary>
    public static Task RehearseAsync(RunRequest request, TimeProvider time) =>
        request.Broker is null ? LoopbackRehearsal.Once(time) : Rehearsal.Once(time);

    public static async Task<RunResult> RunAsync(WatchedRun run, RunRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        using var loggers = new LineLoggerFactory(run.View.Log, request.Log, time);
        await using var runner = await ProgramRunner.StartAsync(
            new ProgramRunnerOptions
            {
                Fleet = run.Inputs.Fleet,
                Broker = request.Broker,
                Tls = request.Tls,
                Root = request.Root,
                Seed = run.Seed,
                LoggerFactory = loggers,
                Time = time,
                Rehearsed = RehearseAsync(request, time),
            },
            cancellationToken);
        var options = new ProgramRunOptions
        {
            Parameters = run.Inputs.Given.Parameters,
            Timeout = request.Timeout,
            Observers = [run.Recorder],
            Registered = registration =>
            {
                run.Began(registration);
                SessionRehearsal.Begin(request.IsJson, time);
            },
            Said = run.View.Said,
            Abandon = run.Abandon,
        };
        var result = await runner.RunAsync(run.Inputs.Program, options, cancellationToken);
        return new RunResult(result.Run, result.BeganAt, result.Seed, result.Registration, result.Verdict);
    }
}
