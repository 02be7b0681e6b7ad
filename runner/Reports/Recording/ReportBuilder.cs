using System.Collections;
using System.Collections.Immutable;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;

namespace IotMqtt.Runner.Reports.Recording;

/// <summary>
/// Makes the report of a run from its record, which stays where it is: steps, errors and nodes are made when they are read, one at a time.
/// A node that only carries options is one with the node that it carries.
/// </summary>
internal sealed class ReportBuilder(RunRecord record, NodeLabels labels, RunHeader header)
{
    private readonly Dictionary<(int Written, NodeKind Kind), string> _kinds = [];
    private readonly Dictionary<(int Written, NodeKind Kind, NodeKind Around, int Device, int Command), string> _labels = [];
    private readonly Dictionary<int, List<RunError>> _further = [];
    private int _nodes;
    private int _steps;

    /// <summary>The report; to be read while the record is there.</summary>
    public RunReport Build(Verdict verdict)
    {
        MarkCriticalPath(verdict.CriticalStep);
        Number();
        var others = MarkErrors(verdict);
        return new RunReport
        {
            Run = header.Run,
            Program = header.Program,
            File = header.File,
            Fleet = header.Fleet,
            World = header.World,
            Seed = header.Seed,
            BeganAt = header.BeganAt,
            Status = verdict.Status,
            ExitCode = verdict.ExitCode,
            Registration = header.Registration,
            MakespanMs = verdict.Makespan.TotalMilliseconds,
            CriticalPathMs = verdict.CriticalPath.TotalMilliseconds,
            Efficiency = Durations.Rounded(verdict.Efficiency),
            LagMs = Math.Round(verdict.Lag.TotalMilliseconds),
            Caught = verdict.Caught,
            Tolerated = verdict.Tolerated,
            Steps = new Many<StepReport, StepOutline>(_steps, record.Last, IsStep, Outline, Step),
            Nodes = new Many<NodeReport, NodeOutline>(_nodes, record.Last, IsNode, OutlineOfNode, Node),
            Errors = new ReadErrors(record.Errors + others.Count, () => Errors(others)),
        };
    }

    private void MarkCriticalPath(long last)
    {
        // What is around a step is marked with it, and may itself be a step of the path: a node that waited for its time to be over.
        for (var step = last; step > 0 && step <= record.Last && Pass((int)step) is { } before; step = before)
        {
            for (var around = (int)step; around > 0 && Mark(around) is { } next; around = next)
            {
            }
        }

        int? Pass(int ordinal)
        {
            ref var slot = ref record.Change(ordinal);
            if (!slot.IsKept || slot.Has(NodeFlags.Passed))
            {
                return null;
            }

            slot.Flags |= NodeFlags.Passed;
            return slot.CriticalPredecessor;
        }

        int? Mark(int ordinal)
        {
            ref var slot = ref record.Change(ordinal);
            if (slot.Has(NodeFlags.Critical))
            {
                return null;
            }

            slot.Flags |= NodeFlags.Critical;
            return slot.Parent;
        }
    }

    /// <summary>Numbers the nodes of the report, in the order in which they began.</summary>
    private void Number()
    {
        for (var ordinal = 1; ordinal <= record.Last; ordinal++)
        {
            var node = record.Node(ordinal);
            if (!node.IsKept)
            {
                continue;
            }

            var around = record.Node(node.Parent);
            var isCarried = IsCarried(node, around);
            if (!isCarried && node.Parent != 0 && !record.Node(around.Top).Has(NodeFlags.IsGroup))
            {
                record.Change(around.Top).Flags |= NodeFlags.IsGroup;
            }

            ref var slot = ref record.Change(ordinal);
            (slot.Id, slot.Top) = isCarried ? (around.Id, around.Top) : (_nodes++, ordinal);
            _steps += slot.IsCommand ? 1 : 0;
        }
    }

    /// <summary>Whether the node around it stands for it too: that carries nothing but this node, or nothing but the attempts of this command.</summary>
    private static bool IsCarried(in NodeSlot node, in NodeSlot around) =>
        node.Parent != 0 && around.IsWrapping && (around.Children == 1 || around.Has(NodeFlags.OfAttempts));

    /// <summary>Finds the errors that count among those of the nodes.</summary>
    /// <returns>Those that count and are no node's.</returns>
    private List<RunError> MarkErrors(Verdict verdict)
    {
        var fatal = new Dictionary<(string Path, StepStatus Status, string Message), List<RunError>>();
        foreach (var error in verdict.Errors)
        {
            var key = (error.Path, error.Status, error.Message);
            if (!fatal.TryGetValue(key, out var same))
            {
                fatal.Add(key, same = []);
            }

            same.Add(error);
        }

        for (var number = 0; number < record.Errors && fatal.Count > 0; number++)
        {
            var ordinal = record.FailedAt(number);
            var error = record.ErrorOf(record.Node(ordinal));
            if (fatal.TryGetValue((error.Path, error.Status, error.Message), out var same) && same.Count > 0)
            {
                same.RemoveAt(0);
                record.Change(ordinal).Flags |= NodeFlags.HasFatalError;
                record.Change(record.Node(ordinal).Top).Flags |= NodeFlags.Fatal;
            }
        }

        var left = fatal.Values.SelectMany(static same => same).ToHashSet(ReferenceEqualityComparer.Instance);
        List<RunError> others = [.. verdict.Errors.Where(left.Contains)];
        if (others.Count > 0)
        {
            FindNodes(others);
        }

        return others;
    }

    /// <summary>A node has one error of its own; what else went wrong with it is found by its path.</summary>
    private void FindNodes(List<RunError> errors)
    {
        var paths = errors.ToLookup(static error => error.Path, StringComparer.Ordinal);
        for (var number = 0; number < record.Errors; number++)
        {
            var node = record.Node(record.FailedAt(number));
            if (paths[record.ErrorOf(node).Path].ToList() is { Count: > 0 } further && IsCommand(node))
            {
                _further.TryAdd(node.Id, further);
            }
        }
    }

    private bool IsCommand(in NodeSlot node) => record.Node(node.Top) is { Commands: > 0 } top && !top.Has(NodeFlags.IsGroup);

    private IEnumerable<ErrorReport> Errors(List<RunError> others)
    {
        for (var number = 0; number < record.Errors; number++)
        {
            var node = record.Node(record.FailedAt(number));
            yield return Error(record.ErrorOf(node), node.Has(NodeFlags.HasFatalError), NodeText.Kind(node.Kind)) with
            {
                Node = IsCommand(node) ? node.Id : null,
            };
        }

        foreach (var error in others)
        {
            yield return Error(error, isFatal: true, what: null) with
            {
                Node = _further.FirstOrDefault(each => each.Value.Contains(error, ReferenceEqualityComparer.Instance)) is { Value: not null } found ? found.Key : null,
            };
        }
    }

    private static ErrorReport Error(RunError error, bool isFatal, string? what) => new()
    {
        Path = error.Path.Length == 0 ? null : error.Path,
        Step = error.Device is null ? what : $"{error.Device}.{error.Command}",
        Status = error.Status,
        Message = error.Message,
        Details = error.Details,
        Code = error.Code,
        At = error.At.Line == 0 ? null : error.At.ToString(),
        Fatal = isFatal,
    };

    private NodeSlot? IsNode(int ordinal) => record.Node(ordinal) is { IsKept: true } node && node.Top == ordinal ? node : null;

    private NodeOutline OutlineOfNode(int ordinal, NodeSlot node) => new(
        node.Id, node.Parent == 0 ? null : record.Node(node.Parent).Id, node.Status, node.Has(NodeFlags.Critical), node.Has(NodeFlags.IsGroup));

    private NodeReport Node(int ordinal, NodeSlot node)
    {
        // What it carries says what it is; it says how that ended.
        var carried = node;
        while (carried.IsWrapping && carried.LastChild != 0 && record.Node(carried.LastChild) is var last && last.Top == node.Top)
        {
            carried = last;
        }

        return new()
        {
            Id = node.Id,
            Parent = node.Parent == 0 ? null : record.Node(node.Parent).Id,
            Kind = node.Parent == 0 ? "program" : KindOf(carried),
            Label = node.Parent == 0 ? header.Program : LabelOf(carried),
            Path = record.PathOf(node),
            Status = node.Status,
            Message = (node.Has(NodeFlags.HasError) ? record.MessageOf(node) : null) ?? record.MessageOf(carried),
            StartedAt = Ms(node.BeganAt),
            EndedAt = Ms(node.EndedAt),
            Critical = node.Has(NodeFlags.Critical),
            IsGroup = node.Has(NodeFlags.IsGroup),
            Commands = node.Commands,
        };
    }

    /// <summary>Found once for all nodes that were written at one place.</summary>
    private string KindOf(in NodeSlot node)
    {
        var key = (node.Written, node.Kind);
        if (!_kinds.TryGetValue(key, out var kind))
        {
            _kinds.Add(key, kind = labels.Kind(record.NameOf(node)));
        }

        return kind;
    }

    /// <summary>Found once for all nodes that are called alike; what an <c>each</c> or a <c>repeat</c> holds is called by its path.</summary>
    private string LabelOf(in NodeSlot node)
    {
        if (node.Device == 0 && node.Around is NodeKind.Each or NodeKind.Repeat)
        {
            return labels.Label(record.NameOf(node));
        }

        var key = (node.Written, node.Kind, node.Around, node.Device, node.Command);
        if (!_labels.TryGetValue(key, out var label))
        {
            _labels.Add(key, label = labels.Label(record.NameOf(node)));
        }

        return label;
    }

    private NodeSlot? IsStep(int ordinal) => record.Node(ordinal) is { IsKept: true, IsCommand: true } node ? node : null;

    private StepOutline Outline(int ordinal, NodeSlot node)
    {
        var isLast = IsLast(ordinal, node);
        var told = Told(ordinal, node, isLast);
        return new(
            node.Id,
            told.Status,
            isLast,
            node.Attempt > 1,
            node.PublishedAt >= 0,
            node.Has(NodeFlags.Critical),
            told.Has(NodeFlags.HasError),
            record.Node(node.Top).Has(NodeFlags.Fatal));
    }

    private StepReport Step(int ordinal, NodeSlot node)
    {
        var isLast = IsLast(ordinal, node);
        var told = Told(ordinal, node, isLast);
        var error = told.Has(NodeFlags.HasError) ? record.ErrorOf(told) : null;
        return new()
        {
            Path = record.PathOf(node),
            Device = record.DeviceOf(node) ?? "",
            Command = record.CommandOf(node) ?? "",
            Attempt = node.Attempt,
            At = record.PlaceOf(node),
            Status = told.Status,
            Error = error?.Message,
            PublishedAt = Ms(node.PublishedAt),
            AcceptedAt = Ms(node.AcceptedAt),
            StartedAt = Ms(node.StartedAt),
            DoneAt = Ms(node.DoneAt),
            AcknowledgedAt = Ms(node.EndedAt),
            Critical = node.Has(NodeFlags.Critical),
            Node = node.Id,
            IsLast = isLast,
            Counts = record.Node(node.Top).Has(NodeFlags.Fatal),
            Wrong = isLast ? Wrong(node, told, error) : [],
        };
    }

    private bool IsLast(int ordinal, in NodeSlot node) =>
        node.Top == ordinal || record.Node(node.Parent) is var around && (!around.IsOfAttempts || around.LastChild == ordinal);

    /// <summary>
    /// What says how a command came out: itself; or, where it did not fail, what only carries it and did, because what was expected of it did
    /// not come or the time for all its attempts was over.
    /// </summary>
    private NodeSlot Told(int ordinal, NodeSlot node, bool isLast)
    {
        if (!isLast || StatusNames.IsFailure(node.Status))
        {
            return node;
        }

        for (var (at, carrier) = (ordinal, node); at != node.Top;)
        {
            at = carrier.Parent;
            carrier = record.Node(at);
            if (carrier.Has(NodeFlags.HasError))
            {
                return carrier;
            }
        }

        return node;
    }

    private ImmutableArray<ErrorReport> Wrong(in NodeSlot node, in NodeSlot told, RunError? error)
    {
        ImmutableArray<ErrorReport> own = told.Has(NodeFlags.HasFatalError) ? [Error(error!, isFatal: true, NodeText.Kind(told.Kind))] : [];
        return _further.TryGetValue(node.Id, out var further) ? own.AddRange(further.Select(static each => Error(each, isFatal: true, what: null))) : own;
    }

    private static double? Ms(long ticks) => ticks < 0 ? null : TimeSpan.FromTicks(ticks).TotalMilliseconds;

    /// <summary>Nodes of the record, made each time that they are asked for.</summary>
    private sealed class Many<TThing, TOutline>(
        int count, int last, Func<int, NodeSlot?> find, Func<int, NodeSlot, TOutline> outline, Func<int, NodeSlot, TThing> make)
        : IReadOnlyCollection<TThing>, ILookedOver<TThing, TOutline>
    {
        public int Count => count;

        public IEnumerator<TThing> GetEnumerator()
        {
            for (var ordinal = 1; ordinal <= last; ordinal++)
            {
                if (find(ordinal) is { } node)
                {
                    yield return make(ordinal, node);
                }
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public IEnumerable<TOutline> Outlines()
        {
            for (var ordinal = 1; ordinal <= last; ordinal++)
            {
                if (find(ordinal) is { } node)
                {
                    yield return outline(ordinal, node);
                }
            }
        }

        public IEnumerable<(TOutline Outline, TThing Thing)> Choose(Func<TOutline, bool> wanted)
        {
            for (var ordinal = 1; ordinal <= last; ordinal++)
            {
                if (find(ordinal) is { } node && outline(ordinal, node) is var looked && wanted(looked))
                {
                    yield return (looked, make(ordinal, node));
                }
            }
        }
    }

    private sealed class ReadErrors(int count, Func<IEnumerable<ErrorReport>> read) : IReadOnlyCollection<ErrorReport>
    {
        public int Count => count;

        public IEnumerator<ErrorReport> GetEnumerator() => read().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
