using IotMqtt.Engine.Running.Commands;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Engine.Running.Undo;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Guards;

/// <content>How the node is taken back: captured before the act, remembered after it.</content>
internal sealed partial class GuardFrame
{
    private UndoAct? _undo;

    private void Captured(Machine machine, ValueMap arguments)
    {
        if (DeviceTargets.TryResolve(node.Undo!.Do.Device, Scope, out var device, out var problem))
        {
            _undo = new UndoAct(node.Undo.Do, device, arguments, Path);
            BeginAttempt(machine, Ready);
        }
        else
        {
            EndAttempts(machine, Outcome.Failed(Error(Programs.StepStatus.Failed, problem), Ready));
        }
    }

    private void RememberOwnUndo(in Outcome outcome)
    {
        // An act whose expectations were missed was an act all the same.
        if (_undo is not null && node.Undo!.After is var after
            && (after.Contains(outcome.Status) || (outcome.HasActed && after.Contains(Programs.StepStatus.Succeeded))))
        {
            RememberUndo(_undo);
        }
    }
}
