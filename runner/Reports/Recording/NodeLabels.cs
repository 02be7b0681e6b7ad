using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Reading;

namespace IotMqtt.Runner.Reports.Recording;

/// <summary>What a node is called for people: by its command, by its id, or by what the program says where it was written.</summary>
internal sealed class NodeLabels
{
    private readonly Dictionary<SourcePosition, Node> _written = [];
    private readonly Dictionary<(SourcePosition At, NodeKind Around), string> _roles = [];

    private NodeLabels()
    {
    }

    /// <summary>For a program that was not written down.</summary>
    public static NodeLabels None { get; } = new();

    /// <summary>For the nodes of a program and of the programs that it runs.</summary>
    public static NodeLabels Of(DeviceProgram program)
    {
        var labels = new NodeLabels();
        foreach (var node in ProgramTree.All(program.Steps))
        {
            if (node.At.Line > 0)
            {
                // A sequence has the place of its first step; what is in it says more.
                labels._written[node.At] = node;
                labels.NoteRoles(node);
            }
        }

        return labels;
    }

    /// <summary>Its kind, in the program's own word.</summary>
    public string Kind(in NodeName node) => node.IsWrapping && Find(node) is { } written ? NodeText.Kind(written) : NodeText.Kind(node.Kind);

    /// <summary>Its name.</summary>
    public string Label(RecordedNode node) => Label(node.Name);

    /// <summary>Its name.</summary>
    public string Label(in NodeName node)
    {
        if (node.Device is not null)
        {
            return node.Kind == NodeKind.Undo ? $"undo {node.Device}.{node.Command}" : $"{node.Device}.{node.Command}";
        }

        if (Role(node) is { } role)
        {
            return role;
        }

        if (node.Around is NodeKind.Each or NodeKind.Repeat && LastPart(node.Path) is { } part)
        {
            return node.IsBetween ? "gate" : part;
        }

        return Find(node) is { } written && (node.IsWrapping || NodeText.Kind(written) == NodeText.Kind(node.Kind))
            ? NodeText.Label(written)
            : NodeText.Kind(node.Kind);
    }

    /// <summary>What a list of steps is to the node around it, where the program says it with a word.</summary>
    private string? Role(in NodeName node) =>
        node is { Kind: NodeKind.Sequence, Around: { } around } ? _roles.GetValueOrDefault((node.Written, around)) : null;

    private void NoteRoles(Node node)
    {
        Note(node.Catch, NodeKind.Guard, "catch");
        Note(node.Finally, NodeKind.Guard, "finally");
        Note((node as IfNode)?.Then, NodeKind.If, "then");
        Note((node as IfNode)?.Else, NodeKind.If, "else");
        Note((node as EachNode)?.Gate, NodeKind.Each, "gate");

        void Note(Node? steps, NodeKind around, string role)
        {
            if (steps is { At.Line: > 0 })
            {
                _roles[(steps.At, around)] = role;
            }
        }
    }

    private Node? Find(in NodeName node) => _written.GetValueOrDefault(node.Written);

    /// <summary>What is in the last brackets of a path: the device of an <c>each</c>, the round of a <c>repeat</c>.</summary>
    private static string? LastPart(string path)
    {
        var open = path.LastIndexOf('[');
        if (open < 0 || !path.EndsWith(']'))
        {
            return null;
        }

        var part = path[(open + 1)..^1];
        return int.TryParse(part, out _) ? $"round {part}" : part;
    }
}
