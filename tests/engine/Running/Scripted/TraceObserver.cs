using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;

namespace IotMqtt.Engine.Tests.Running.Scripted;

/// <summary>Notes the ends of commands in the world's trace, and keeps all that it is told.</summary>
internal sealed class TraceObserver(ScriptedWorld world) : IRunObserver
{
    public Dictionary<long, NodeStarted> Starts { get; } = [];

    public Dictionary<long, NodeEnded> Ends { get; } = [];

    /// <summary>Where each start and each end stands among all of them.</summary>
    public Dictionary<long, int> Starting { get; } = [];

    public Dictionary<long, int> Ending { get; } = [];

    public List<CommandProgressed> Progress { get; } = [];

    public void Started(in NodeStarted node)
    {
        Starts.Add(node.Ordinal, node);
        Starting.Add(node.Ordinal, Starting.Count + Ending.Count + 1);
    }

    public void Progressed(in CommandProgressed progress) => Progress.Add(progress);

    public void Ended(in NodeEnded node)
    {
        Ends.Add(node.Ordinal, node);
        Ending.Add(node.Ordinal, Starting.Count + Ending.Count + 1);
        var start = Starts[node.Ordinal];
        if (start.Kind is NodeKind.Do or NodeKind.Undo)
        {
            world.Note($"done {start.Device}.{start.Command} {node.Status.Text()}");
        }
    }
}
