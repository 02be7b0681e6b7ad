namespace IotMqtt.Orchestrator.Running;

/// <summary>
/// Rehearses what <see cref="Rehearsal"/> leaves out: a broker in this process, devices that connect to it, their registration, and how
/// all of that is stopped. For a process that runs one program and ends, where the compiler is most of what people wait for.
/// </summary>
internal static class LoopbackRehearsal
{
    private static readonly Lock Gate = new();
    private static Task? _once;

    /// <summary>Rehearses in the background, once a process. Fails where nothing can be listened on here; the run itself says so better.</summary>
    public static Task Once(TimeProvider time)
    {
        lock (Gate)
        {
            return _once ??= Task.Run(() => RunAsync(time));
        }
    }

    /// <summary>Rehearses.</summary>
    /// <returns>How it ended.</returns>
    internal static async Task<ProgramResult> RunAsync(TimeProvider time)
    {
        await using var runner = await ProgramRunner.StartAsync(new ProgramRunnerOptions { Fleet = Rehearsal.Fleet, Time = time });
        return await runner.RunAsync(Rehearsal.Program);
    }
}
