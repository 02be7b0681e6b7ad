using IotMqtt.Orchestrator.Cli.Running.Series;
using IotMqtt.Runner.Running;

namespace IotMqtt.Orchestrator.Cli.Running;

/// <summary>A run over MQTT: on a broker in this process, or on another.</summary>
internal static class MqttRun
{
    /// <summary>Rehearses, once a process, what such a run is made of.</summary>
    public static Task RehearseAsync(RunRequest request, TimeProvider time) =>
        request.Broker is null ? LoopbackRehearsal.Once(time) : Rehearsal.Once(time);

    public static async Task<RunResult> RunAsync(WatchedRun run, RunRequest request, RunnerPool pool, TimeProvider time, CancellationToken cancellationToken)
    {
        var runner = await pool.ForAsync(run, cancellationToken);
        var options = new ProgramRunOptions
        {
            Parameters = run.Inputs.Given.Parameters,
            Timeout = request.Timeout,
            MaxLag = request.MaxLag,
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
