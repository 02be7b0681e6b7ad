using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Guards;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Engine.Running.Undo;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary><c>undo: all</c>: takes back what the node failed in whose <c>catch</c> it stands, once.</summary>
internal sealed class UndoAllFrame(UndoAllNode node) : Frame
{
    public override Node Node => node;

    public override NodeKind? Kind => NodeKind.UndoAll;

    public override void Begin(Machine machine)
    {
        if (TakeLog() is not { } log)
        {
            Succeed(machine, Ready);
            return;
        }

        machine.Begin(this, new UndoFrame(log) { Scope = Scope, Key = NodeKey.Of(Key, Relation.Undo, 0), Ready = Ready });
    }

    public override void ChildEnded(Machine machine, Frame child, in Outcome outcome) => machine.End(this, outcome);

    private UndoGroup? TakeLog()
    {
        for (Frame? frame = this; frame is not null; frame = frame.Parent)
        {
            if (frame is ShieldFrame { IsCatch: true } shield)
            {
                var log = shield.Parent!.Undo;
                shield.Parent.Undo = null;
                return log;
            }
        }

        return null;
    }
}
