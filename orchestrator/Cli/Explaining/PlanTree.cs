using System.Globalization;
using IotMqtt.Engine.Programs;
using IotMqtt.Models.Fleets;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Reports.Recording;

namespace IotMqtt.Orchestrator.Cli.Explaining;

/// <summary>A program as a tree, with what each command takes and each option says; long lists are cut.</summary>
internal sealed class PlanTree(FleetDefinition fleet, int width)
{
    private const int MaxSiblings = 30;
    private const int MaxDepth = 40;
    private readonly List<TextLine> _lines = [];
    private readonly PlanTimes _times = new(fleet);

    /// <summary>The lines of a program.</summary>
    public IReadOnlyList<TextLine> Draw(DeviceProgram program)
    {
        Children([.. Named(program.Steps)], "", 0);
        return _lines;
    }

    private void Children(IReadOnlyList<(string Name, Node Node)> children, string indent, int depth)
    {
        if (depth > MaxDepth)
        {
            _lines.Add(new(new Piece(indent + "└─ …", Tone.Soft)));
            return;
        }

        var shown = children.Count > MaxSiblings ? MaxSiblings - 1 : children.Count;
        for (var at = 0; at < shown; at++)
        {
            var isLast = at == children.Count - 1;
            Line(children[at].Name, children[at].Node, indent, isLast);
            Children([.. Named(children[at].Node)], indent + (isLast ? "   " : "│  "), depth + 1);
        }

        if (shown < children.Count)
        {
            _lines.Add(new(new Piece(string.Create(CultureInfo.InvariantCulture, $"{indent}└─ … and {children.Count - shown:N0} more"), Tone.Soft)));
        }
    }

    private void Line(string name, Node node, string indent, bool isLast)
    {
        _times.Enter(node);
        var label = name + (node is SequenceNode && name.Length > 0 ? "" : Named(node.Id) + NodeText.What(node));
        var left = $"{indent}{(isLast ? "└─ " : "├─ ")}";
        var takes = node is DoNode act ? _times.Of(act) : "";
        var options = string.Join(" · ", PlanOptions.Of(node));
        var column = Math.Min(52, width - 24);
        _lines.Add(new(
            new Piece(left, Tone.Soft),
            new(takes.Length == 0 ? label : label.PadRight(Math.Max(1, column - left.Length)), node is DoNode ? Tone.Plain : Tone.Strong),
            new(takes.Length == 0 ? "" : $"  {takes}", Tone.Soft),
            new(options.Length == 0 ? "" : "  " + options, Tone.Active)));
    }

    private static string Named(string? id) => id is null ? "" : $"{id}: ";

    /// <summary>The nodes within a node, each with what it is to it: <c>then:</c>, <c>catch:</c>.</summary>
    private static IEnumerable<(string Name, Node Node)> Named(Node node)
    {
        foreach (var child in ProgramTree.Own(node))
        {
            switch (node)
            {
                // The only sequence of a node is drawn as the node's own steps.
                case RepeatNode or RunNode:
                case EachNode each when child == each.Steps:
                    foreach (var step in Named(child))
                    {
                        yield return step;
                    }

                    break;
                case EachNode:
                    yield return ("gate", child);
                    break;
                case IfNode choice:
                    yield return (child == choice.Then ? "then" : "else", child);
                    break;
                default:
                    yield return ("", child);
                    break;
            }
        }

        if (node.Catch is not null)
        {
            yield return ("catch", node.Catch);
        }

        if (node.Undo is not null)
        {
            yield return ("undo: ", node.Undo.Do);
        }

        if (node.Finally is not null)
        {
            yield return ("finally", node.Finally);
        }
    }
}
