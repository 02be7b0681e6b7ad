using System.Runtime.InteropServices;

namespace IotMqtt.Orchestrator.Cli;

/// <summary>SIGINT, SIGTERM, SIGHUP and SIGQUIT. A third one ends the process at once, whatever it is doing.</summary>
internal sealed class SignalInterrupts : IInterrupts
{
    private const int Last = 3;

    private SignalInterrupts()
    {
    }

    public static SignalInterrupts Instance { get; } = new();

    /// <inheritdoc/>
    public IDisposable Register(Action<int> interrupted)
    {
        var count = 0;

        // A terminal that is closed, and the key that asks for a core, end a run as properly as Ctrl-C does.
        return new Registrations(
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Handle));

        void Handle(PosixSignalContext context)
        {
            var now = Interlocked.Increment(ref count);
            context.Cancel = now < Last;
            if (now < Last)
            {
                interrupted(now);
            }
        }
    }

    private sealed class Registrations(params IDisposable[] all) : IDisposable
    {
        public void Dispose()
        {
            foreach (var one in all)
            {
                one.Dispose();
            }
        }
    }
}
