using IotMqtt.Engine.Running.Commands;
using IotMqtt.Engine.Running.Expecting;
using IotMqtt.Engine.Running.Nodes;

namespace IotMqtt.Engine.Running.Machinery;

/// <content>What observers are told. Where there is none, nothing is made for them.</content>
internal sealed partial class Machine
{
    /// <summary>A command has come further.</summary>
    public void Progressed(Frame frame, CommandPhase phase) => observer?.Progressed(new CommandProgressed(frame.Ordinal, phase, Now));

    private void ReportStarted(Frame frame)
    {
        if (observer is null || frame.Kind is not { } kind)
        {
            return;
        }

        var command = frame as CommandFrame;
        observer.Started(new NodeStarted(
            frame.Ordinal, ReportedAround(frame), frame.Path, kind, frame.Attempt, Now, frame.Node?.At ?? default, command?.Device, command?.Command));
    }

    private void ReportEnded(Frame frame, in Outcome outcome)
    {
        if (observer is null || !frame.HasBegun || frame.Kind is null)
        {
            return;
        }

        var ended = new NodeEnded
        {
            Ordinal = frame.Ordinal,
            Status = outcome.Status,
            At = Now,
            Error = outcome.Own,
            Result = outcome.Result,
            Said = (frame as LogFrame)?.Said ?? (frame as ExpectingFrame)?.Said,
            CriticalPredecessor = frame.Ready.Step,
        };
        (frame as CommandFrame)?.Describe(ref ended);
        observer.Ended(ended);
    }

    private static long ReportedAround(Frame frame)
    {
        for (var around = frame.Parent; around is not null; around = around.Parent)
        {
            if (around.Kind is not null)
            {
                return around.Ordinal;
            }
        }

        return 0;
    }
}
