using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.CriticalPath;
using IotMqtt.Engine.Running.Machinery;

namespace IotMqtt.Engine.Running.Undo;

/// <summary>
/// Takes back what was done in a node: the last first, or all at once where it was done at once. What fails does not keep the others from
/// being tried.
/// </summary>
internal sealed class UndoFrame(UndoGroup group) : Frame
{
    private int _left = group.Items.Count;
    private ErrorRope? _errors;
    private StepStatus _status = StepStatus.Succeeded;
    private Instant _end;

    public override Node? Node => null;

    public override NodeKind? Kind => null;

    public override void Begin(Machine machine)
    {
        _end = Ready;
        if (group.AtOnce)
        {
            for (var item = _left - 1; item >= 0; item--)
            {
                Take(machine, item);
            }
        }
        else
        {
            Take(machine, _left - 1);
        }
    }

    public override void ChildEnded(Machine machine, Frame child, in Outcome outcome)
    {
        _end = Instant.Max(_end, outcome.End);
        _errors = ErrorRope.Join(_errors, outcome.Errors);
        if (outcome.IsFailure)
        {
            _status = Outcome.Worst(_status, outcome.Status);
        }

        _left--;
        if (_left > 0 && !group.AtOnce && Halt == Halt.None)
        {
            Take(machine, _left - 1);
        }
        else if (FirstChild is null)
        {
            machine.End(this, Result());
        }
    }

    private Outcome Result() =>
        _status != StepStatus.Succeeded ? Outcome.Failed(_status, _errors, _end)
        : _left > 0 ? Outcome.Interrupted(Halt, _end)
        : Outcome.Succeeded(_end);

    private void Take(Machine machine, int item)
    {
        Frame child = group.Items[item] switch
        {
            UndoAct act => new UndoActFrame(act) { Scope = Scope },
            UndoItem inner => new UndoFrame((UndoGroup)inner) { Scope = Scope },
        };
        child.Key = NodeKey.Of(Key, Relation.Undo, item);
        child.Ready = group.AtOnce ? Ready : _end;
        child.Place = new Place("undo", item);
        machine.Begin(this, child);
    }
}
