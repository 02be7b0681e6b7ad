using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.CriticalPath;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Engine.Running.Scopes;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>One step after the other; stops at the first failure. Its result is the last step's.</summary>
internal sealed class SequenceFrame(SequenceNode node, string steps) : Frame
{
    private int _step;

    public override Node Node => node;

    public override NodeKind? Kind => NodeKind.Sequence;

    public override void Begin(Machine machine)
    {
        if (node.Steps.IsEmpty)
        {
            Succeed(machine, Ready);
            return;
        }

        BeginStep(machine, Ready);
    }

    public override void ChildEnded(Machine machine, Frame child, in Outcome outcome)
    {
        _step++;
        if (!outcome.IsSuccess)
        {
            SkipRest();
            machine.End(this, outcome.FromWithin());
        }
        else if (_step == node.Steps.Length)
        {
            machine.End(this, Outcome.Succeeded(outcome.End, outcome.Result));
        }
        else if (Halt != Halt.None)
        {
            SkipRest();
            machine.End(this, Outcome.Interrupted(Halt, outcome.End));
        }
        else
        {
            BeginStep(machine, outcome.End);
        }
    }

    private void BeginStep(Machine machine, in Instant ready) =>
        BeginNode(machine, node.Steps[_step], new Birth(Relation.Step, new Place(steps, _step), Scope, ready)
        {
            WantsResult = WantsResult && _step == node.Steps.Length - 1,
        });

    private void SkipRest()
    {
        for (var step = _step; step < node.Steps.Length; step++)
        {
            StepRecords.Skip(Scope, node.Steps[step]);
        }
    }
}
