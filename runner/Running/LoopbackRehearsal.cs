namespace IotMqtt.Runner.Running;

/// <summary>
/// Rehearses what <see cref="Rehearsal"/> leaves out: a broker in this process, devices that connect to it, their registration, and how
/// all of that is stopped. For a process that runs one program and ends, where the compiler is most of what people wait for.
/// </summary>
internal static class LoopbackRehearsal
{
    private static readonly Lock Gate = new();
    private static Task<ProgramRunner?>? _once;

    /// <summary>Rehearses in the background, once a process: whoever asks later gets the same task. What it started runs until <see cref="EndAsync"/>.</summary>
    public static Task Once(TimeProvider time)
    {
        lock (Gate)
        {
            return _once ??= Task.Run(() => RunAsync(time));
        }
    }

    /// <summary>Stops what it started, which is a rehearsal too, for a moment at which nobody needs the processor.</summary>
    public static async Task EndAsync()
    {
        if (_once is { } once && await once is { } runner)
        {
            await runner.DisposeAsync();
        }
    }

    /// <summary>Rehearses.</summary>
    /// <returns>What it started; null where it could not: what keeps it from a broker or its devices keeps the run from them too, and that says so.</returns>
    internal static async Task<ProgramRunner?> RunAsync(TimeProvider time)
    {
        try
        {
            var runner = await ProgramRunner.StartAsync(new ProgramRunnerOptions { Fleet = Rehearsal.Fleet, Time = time });
            await runner.RunAsync(Rehearsal.Program);
            return runner;
        }
        catch (OrchestratorException)
        {
            return null;
        }
    }
}
