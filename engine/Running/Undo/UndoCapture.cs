using IotMqtt.Engine.Programs;

namespace IotMqtt.Engine.Running.Undo;

/// <summary>Whether what is done in a node needs to be remembered at all.</summary>
internal static class UndoCapture
{
    /// <summary>Whether the <c>catch</c> of a node may take back what was done in it.</summary>
    public static bool IsAskedFor(Node node) => node.Catch is not null && NodeTree.All(node.Catch).Any(static inner => inner is UndoAllNode);
}
