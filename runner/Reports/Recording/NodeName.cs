using IotMqtt.Engine.Running;
using IotMqtt.Models.Reading;

namespace IotMqtt.Runner.Reports.Recording;

/// <summary>What a node is called by.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Around">The kind of the node around it; null: it is the outermost.</param>
/// <param name="IsBetween">Whether it has the path of the node around it: only what stands between two batches has no place of its own.</param>
/// <param name="Written">Where it was written.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Device">The device, where it is a command.</param>
/// <param name="Command">The command.</param>
internal readonly record struct NodeName(
    NodeKind Kind, NodeKind? Around, bool IsBetween, SourcePosition Written, string Path, string? Device, string? Command)
{
    /// <summary>Whether it only carries the options of the node within it.</summary>
    public bool IsWrapping => Kind is NodeKind.Guard or NodeKind.Expecting;
}
