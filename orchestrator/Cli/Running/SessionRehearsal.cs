using IotMqtt.Runner.Running;

namespace IotMqtt.Orchestrator.Cli.Running;

/// <summary>
/// Goes once through what a session does from its inputs to its last line, in virtual time and with nobody looking, as
/// <see cref="Rehearsal"/> does for the run itself: so that the just-in-time compiler is not what people wait for after the last step.
/// </summary>
internal static class SessionRehearsal
{
    /// <summary>By then the first commands have long arrived, and devices do their first work: nobody here has any.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static int _hasBegun;

    /// <summary>Begins it in the background, once a process, a little after a run has begun.</summary>
    public static void Begin(bool isJson, TimeProvider time)
    {
        if (Interlocked.Exchange(ref _hasBegun, 1) == 0)
        {
            _ = AfterAsync(isJson, time);
        }
    }

    /// <summary>Goes through it.</summary>
    /// <returns>The exit code.</returns>
    internal static Task<int> RunAsync(bool isJson, TimeProvider time)
    {
        var request = new RunRequest { Program = Rehearsal.Program.Name, IsDryRun = true, IsPlain = true, IsJson = isJson };
        var nobody = new CliContext
        {
            Output = TextWriter.Null,
            Error = TextWriter.Null,
            Environment = _ => null,
            Time = time,
            Interrupts = new NoInterrupts(),
        };
        return new RunSession(request, nobody).DryRunAsync(new RunInputs(Rehearsal.Program, Rehearsal.Fleet, null, Rehearsal.Inputs), CancellationToken.None);
    }

    private static async Task AfterAsync(bool isJson, TimeProvider time)
    {
        await Task.Delay(Pause, time).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await RunAsync(isJson, time);
        await LoopbackRehearsal.EndAsync();
    }

    private sealed class NoInterrupts : IInterrupts, IDisposable
    {
        public IDisposable Register(Action<int> interrupted) => this;

        public void Dispose()
        {
        }
    }
}
