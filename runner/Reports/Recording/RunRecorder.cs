using IotMqtt.Engine.Running;

namespace IotMqtt.Runner.Reports.Recording;

/// <summary>
/// Keeps what a run tells of itself: for the view that is looked at while it runs, and for the report when it is over. Told by the run's
/// thread; may be looked at by others through <see cref="Look{T}"/>.
/// </summary>
internal sealed class RunRecorder : IRunObserver
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, RecordedNode> _nodes = [];
    private readonly List<RecordedNode> _inOrder = [];
    private readonly List<RecordedNode> _failed = [];

    /// <summary>Called after each end of a node, by the run's thread: it must be quick.</summary>
    public Action<RecordedNode>? OnEnded { get; init; }

    /// <inheritdoc/>
    public void Started(in NodeStarted node)
    {
        lock (_lock)
        {
            var parent = _nodes.GetValueOrDefault(node.Parent);
            var recorded = new RecordedNode(in node, parent);
            if (!_nodes.TryAdd(node.Ordinal, recorded))
            {
                return;
            }

            _inOrder.Add(recorded);
            parent?.Add(recorded);
            if (recorded.IsCommand)
            {
                for (var around = recorded; around is not null; around = around.Parent)
                {
                    around.Begun++;
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Progressed(in CommandProgressed progress)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(progress.Ordinal, out var node))
            {
                node.Phase = progress.Phase;
                if (progress.Phase == CommandPhase.Published)
                {
                    node.PublishedAt = progress.At;
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Ended(in NodeEnded node)
    {
        RecordedNode? ended;
        lock (_lock)
        {
            if (!_nodes.TryGetValue(node.Ordinal, out ended) || ended.End is not null)
            {
                return;
            }

            ended.End = node;
            if (node.Error is not null)
            {
                _failed.Add(ended);
                ended.CountErrors(1);
            }

            ended.Settle();
            for (var around = ended; ended.IsCommand && around is not null; around = around.Parent)
            {
                around.Ended++;
            }
        }

        OnEnded?.Invoke(ended);
    }

    /// <summary>Looks at the nodes, in the order in which they began, while nothing changes. Must be quick: the run waits.</summary>
    public T Look<T>(Func<IReadOnlyList<RecordedNode>, T> look)
    {
        lock (_lock)
        {
            return look(_inOrder);
        }
    }

    /// <summary>The report of the run, now that it is over.</summary>
    public RunReport Report(RunHeader header, Verdict verdict, NodeLabels labels)
    {
        lock (_lock)
        {
            MarkCriticalPath(verdict.CriticalStep);
            return ReportBuilder.Build(header, verdict, _inOrder, _failed, labels);
        }
    }

    private void MarkCriticalPath(long last)
    {
        // What is around a step is marked with it, and may itself be a step of the path: a node that waited for its time to be over.
        var passed = new HashSet<RecordedNode>();
        for (var step = _nodes.GetValueOrDefault(last); step is not null && passed.Add(step); step = _nodes.GetValueOrDefault(step.End?.CriticalPredecessor ?? 0))
        {
            for (var around = step; around is { Critical: false }; around = around.Parent)
            {
                around.Critical = true;
            }
        }
    }
}
