using System.Collections.Concurrent;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;

namespace IotMqtt.Runner.Tests.Support;

/// <summary>The commands of a run, in the order in which they started.</summary>
internal sealed class RecordedRun : IRunObserver
{
    private readonly ConcurrentDictionary<long, NodeStarted> _started = new();
    private readonly ConcurrentDictionary<long, NodeEnded> _ended = new();

    /// <summary>The commands, with how they ended.</summary>
    public IReadOnlyList<(NodeStarted Started, NodeEnded Ended)> Steps =>
        [.. _started.Values.Where(node => node.Command is not null).OrderBy(node => node.Ordinal).Select(node => (node, _ended[node.Ordinal]))];

    /// <summary><c>speaker.play succeeded</c>, in the order of their ends.</summary>
    public IReadOnlyList<string> Ends =>
        [.. Steps.OrderBy(step => step.Ended.At).Select(step => $"{step.Started.Device}.{step.Started.Command} {step.Ended.Status}")];

    public StepStatus StatusOf(string device) => Steps.Single(step => step.Started.Device == device).Ended.Status;

    public void Started(in NodeStarted node) => _started[node.Ordinal] = node;

    public void Progressed(in CommandProgressed progress)
    {
    }

    public void Ended(in NodeEnded node) => _ended[node.Ordinal] = node;
}
