using IotMqtt.Engine.Running;

namespace IotMqtt.Benchmarks.EndToEnd;

/// <summary>How long the commands of a sequence took, from one end to the next: everything between is the orchestrator's.</summary>
internal sealed class StepTimes : IRunObserver
{
    private readonly HashSet<long> _commands = [];
    private readonly List<TimeSpan> _ends = [];

    public TimeSpan Median
    {
        get
        {
            var taken = _ends.Zip(_ends.Skip(1), (from, to) => to - from).Order().ToArray();
            return taken[taken.Length / 2];
        }
    }

    public void Started(in NodeStarted node)
    {
        if (node.Command is not null)
        {
            _commands.Add(node.Ordinal);
        }
    }

    public void Progressed(in CommandProgressed progress)
    {
    }

    public void Ended(in NodeEnded node)
    {
        if (_commands.Remove(node.Ordinal))
        {
            _ends.Add(node.At);
        }
    }
}
