using System.Collections.Immutable;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;

namespace IotMqtt.Runner.Reports.Recording;

/// <summary>Makes the report of a run from its nodes. A node that only carries options is one with the node that it carries.</summary>
internal sealed class ReportBuilder
{
    private readonly NodeLabels _labels;
    private readonly ImmutableArray<NodeReport>.Builder _nodes = ImmutableArray.CreateBuilder<NodeReport>();
    private readonly ImmutableArray<StepReport>.Builder _steps = ImmutableArray.CreateBuilder<StepReport>();
    private readonly Dictionary<RecordedNode, int> _ids = [];

    private readonly string _program;

    private ReportBuilder(NodeLabels labels, string program) => (_labels, _program) = (labels, program);

    public static RunReport Build(
        RunHeader header, Verdict verdict, IReadOnlyList<RecordedNode> inOrder, IReadOnlyList<RecordedNode> failed, NodeLabels labels)
    {
        var builder = new ReportBuilder(labels, header.Program);
        foreach (var node in inOrder)
        {
            builder.Add(node);
        }

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
            Caught = verdict.Caught,
            Tolerated = verdict.Tolerated,
            Steps = builder._steps.DrainToImmutable(),
            Nodes = builder._nodes.DrainToImmutable(),
            Errors = Errors(verdict, failed),
        };
    }

    /// <summary>The fatal ones in the order of the verdict, each where it happened among those that were caught or tolerated.</summary>
    private static ImmutableArray<ErrorReport> Errors(Verdict verdict, IReadOnlyList<RecordedNode> failed)
    {
        var fatal = verdict.Errors.ToHashSet();
        var errors = ImmutableArray.CreateBuilder<ErrorReport>();
        foreach (var node in failed)
        {
            var error = node.End!.Value.Error!;
            errors.Add(Error(error, fatal.Remove(error), NodeText.Kind(node.Kind)));
        }

        errors.AddRange(verdict.Errors.Where(fatal.Contains).Select(error => Error(error, isFatal: true, what: null)));
        return errors.DrainToImmutable();
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

    private void Add(RecordedNode node)
    {
        if (Carrier(node) is { } carrier)
        {
            _ids[node] = _ids[carrier];
        }
        else
        {
            _ids[node] = _nodes.Count;
            _nodes.Add(Node(node));
        }

        if (node.IsCommand)
        {
            _steps.Add(Step(node, _ids[node]));
        }
    }

    /// <summary>The node around it that stands for it too: it carries nothing but this node, or nothing but the attempts of this command.</summary>
    private static RecordedNode? Carrier(RecordedNode node)
    {
        if (node.Parent is not { IsWrapping: true } around)
        {
            return null;
        }

        return around.Children.Count == 1 || around.Children.All(child => child.IsCommand && child.Path == node.Path) ? around : null;
    }

    private NodeReport Node(RecordedNode node)
    {
        // What it carries says what it is; it says how that ended.
        var carried = node;
        while (carried.IsWrapping && carried.Children is [var first, ..] && Carrier(first) is not null)
        {
            carried = carried.Children[^1];
        }

        return new()
        {
            Id = _ids[node],
            Parent = node.Parent is null ? null : _ids[node.Parent],
            Kind = node.Parent is null ? "program" : _labels.Kind(carried),
            Label = node.Parent is null ? _program : _labels.Label(carried),
            Path = node.Path,
            Status = node.Status,
            Message = node.End?.Error?.Message ?? carried.End?.Error?.Message ?? carried.End?.Said,
            StartedAt = node.BeganAt.TotalMilliseconds,
            EndedAt = node.End?.At.TotalMilliseconds,
            Critical = node.Critical,
        };
    }

    private static StepReport Step(RecordedNode node, int id)
    {
        // A command that succeeded, and what was expected of it did not come, is one step that did not do what it should.
        var told = node is { Status: StepStatus.Succeeded, Parent: { Kind: NodeKind.Expecting, End.Error: not null } expecting } ? expecting : node;
        return new()
        {
            Path = node.Path,
            Device = node.Device ?? "",
            Command = node.Command ?? "",
            Attempt = node.Attempt,
            At = node.Written.Line == 0 ? null : node.Written.ToString(),
            Status = told.Status,
            Error = told.End?.Error?.Message,
            PublishedAt = (node.End?.PublishedAt ?? node.PublishedAt)?.TotalMilliseconds,
            AcceptedAt = node.End?.AcceptedAt?.TotalMilliseconds,
            StartedAt = node.End?.StartedAt?.TotalMilliseconds,
            DoneAt = node.End?.DoneAt?.TotalMilliseconds,
            AcknowledgedAt = node.End?.At.TotalMilliseconds,
            Critical = node.Critical,
            Node = id,
        };
    }
}
