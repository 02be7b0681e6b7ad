using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Commands;
using IotMqtt.Engine.Running.Machinery;

namespace IotMqtt.Engine.Running.Undo;

/// <summary>The command that takes an act back.</summary>
internal sealed class UndoActFrame(UndoAct undo) : CommandFrame
{
    public override Node Node => undo.Node;

    public override NodeKind? Kind => NodeKind.Undo;

    public override string Device => undo.Device;

    public override string Command => undo.Node.Command;

    public override void Begin(Machine machine) => Send(machine, undo.Arguments);
}
