using IotMqtt.Engine.Programs;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Undo;

/// <summary>Something that was done and can be taken back.</summary>
internal abstract record UndoItem;

/// <summary>One act.</summary>
/// <param name="Node">The command that takes it back.</param>
/// <param name="Device">The device, as it was before the act.</param>
/// <param name="Arguments">The arguments, as they were before the act.</param>
/// <param name="Path">The path of the act.</param>
internal sealed record UndoAct(DoNode Node, string Device, ValueMap Arguments, string Path) : UndoItem;

/// <summary>What was done in a node: in order, or at once.</summary>
internal sealed record UndoGroup(bool AtOnce) : UndoItem
{
    private readonly List<UndoItem> _items = [];

    /// <summary>In the order in which it was done.</summary>
    public IReadOnlyList<UndoItem> Items => _items;

    public void Add(UndoItem item) => _items.Add(item is UndoGroup { Items: [var only] } ? only : item);
}
