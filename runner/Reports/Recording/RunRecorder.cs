using IotMqtt.Engine.Running;

namespace IotMqtt.Runner.Reports.Recording;

/// <summary>
/// Keeps what a run tells of itself: for the view that is looked at while it runs, and for the report when it is over. In memory is what
/// runs and what ended last; all the rest is in a <see cref="RunRecord"/>. Told by the run's thread; may be looked at by others through <see cref="Look{T}"/>.
/// </summary>
internal sealed class RunRecorder : IRunObserver, IDisposable
{
    /// <summary>How many nodes that are over are remembered, of those that succeeded and of those that did not.</summary>
    private const int MaxRemembered = 4_096;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, RecordedNode> _open = [];
    private readonly Queue<RecordedNode> _done = [];
    private readonly Queue<RecordedNode> _failed = [];
    private readonly RunRecord _record = new();
    private RecordedNode? _root;
    private long _last;

    /// <summary>Called after each end of a node, by the run's thread: it must be quick.</summary>
    public Action<RecordedNode>? OnEnded { get; init; }

    /// <summary>How many nodes are in memory.</summary>
    public int Remembered => Look(_ => _open.Count + _done.Count + _failed.Count);

    /// <summary>Why what does not fit into memory is in memory nevertheless; null: it is not.</summary>
    public string? Trouble => Look(_ => _record.Trouble);

    /// <inheritdoc/>
    public void Started(in NodeStarted node)
    {
        lock (_lock)
        {
            if (node.Ordinal <= _last)
            {
                // A replay tells everything again.
                return;
            }

            _last = node.Ordinal;
            var parent = _open.GetValueOrDefault(node.Parent);
            var recorded = new RecordedNode(in node, parent);
            _open.Add(node.Ordinal, recorded);
            _root ??= recorded;
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
            if (_open.TryGetValue(progress.Ordinal, out var node))
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
            if (!_open.Remove(node.Ordinal, out ended))
            {
                return;
            }

            ended.End = node;
            if (node.Error is not null)
            {
                ended.CountErrors(1);
            }

            ended.Settle();
            for (var around = ended; ended.IsCommand && around is not null; around = around.Parent)
            {
                around.Ended++;
            }

            _record.Keep(ended);
            Remember(ended);
        }

        OnEnded?.Invoke(ended);
    }

    /// <summary>Looks at the outermost node, and what is within it, while nothing changes. Null: nothing has begun. Must be quick: the run waits.</summary>
    public T Look<T>(Func<RecordedNode?, T> look)
    {
        lock (_lock)
        {
            return look(_root);
        }
    }

    /// <summary>The report of the run, now that it is over: to be read until this is disposed.</summary>
    public RunReport Report(RunHeader header, Verdict verdict, NodeLabels labels)
    {
        lock (_lock)
        {
            foreach (var node in _open.Values)
            {
                _record.Keep(node);
            }

            return new ReportBuilder(_record, labels, header).Build(verdict);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _record.Dispose();

    private void Remember(RecordedNode ended)
    {
        var ones = ended.Errors == 0 ? _done : _failed;
        ones.Enqueue(ended);
        if (ones.Count > MaxRemembered)
        {
            ones.Dequeue().Forget();
        }
    }
}
