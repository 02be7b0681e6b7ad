using IotMqtt.Engine.Running.Undo;

namespace IotMqtt.Engine.Running.Machinery;

/// <content>What it holds until it ends: faults that are set, and what can be taken back.</content>
internal abstract partial class Frame
{
    private List<Effect.SetFault>? _faults;

    /// <summary>Whether what was done within it was done at once, and is taken back at once.</summary>
    protected virtual bool ActsAtOnce => false;

    /// <summary>Holds a fault until it ends.</summary>
    public void Hold(Effect.SetFault fault) => (_faults ??= []).Add(fault);

    public void LiftFaults(Machine machine)
    {
        for (var at = (_faults?.Count ?? 0) - 1; at >= 0; at--)
        {
            machine.Emit(new Effect.ClearFault(_faults![at].Ticket, _faults[at].Devices));
        }
    }

    /// <summary>After a replay: the faults that hold are set again; setting one twice does no more than once.</summary>
    public void OweFaults(Machine machine)
    {
        foreach (var fault in _faults ?? [])
        {
            machine.Emit(fault);
        }
    }

    public void RememberUndo(UndoItem undo) => (Undo ??= new UndoGroup(ActsAtOnce)).Add(undo);
}
