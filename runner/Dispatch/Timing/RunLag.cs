using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Reading;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Runner.Dispatch.Timing;

/// <summary>How late a run and the workers of its devices are. Owned by the run loop.</summary>
internal sealed class RunLag
{
    /// <summary>The longest that something was carried out after it was due.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>The run itself was that late.</summary>
    public void Note(TimeSpan lag) => Longest = lag > Longest ? lag : Longest;

    /// <summary>A worker says that it is late.</summary>
    public void Take(IncomingMessage message)
    {
        if (MessageJson.TryParse(message.Payload.Span, out WorkerLag? said, out _))
        {
            Note(TimeSpan.FromMilliseconds(Math.Clamp(said.LagMs, 0, int.MaxValue)));
        }
    }

    /// <summary>The verdict with the lag; a run that was later than it may be has failed.</summary>
    public Verdict Judge(Verdict verdict, TimeSpan? most)
    {
        var judged = verdict with { Lag = Longest };
        return most is not { } allowed || Longest <= allowed ? judged : judged with
        {
            Status = judged.Status == RunStatus.Succeeded ? RunStatus.Failed : judged.Status,
            Errors = judged.Errors.Add(new RunError
            {
                Path = "",
                Status = StepStatus.Failed,
                Code = "late",
                Message = $"what was due was carried out up to {Longest.TotalMilliseconds:0} ms late, and {allowed.TotalMilliseconds:0} ms are allowed: "
                    + "spread the fleet over several workers, let it do less, or give the machine more to do it with",
                At = SourcePosition.None,
            }),
        };
    }
}
