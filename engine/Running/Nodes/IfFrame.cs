using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Models.Expressions;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>One of two sequences. Its result is that of the one taken.</summary>
internal sealed class IfFrame(IfNode node) : Frame
{
    public override Node Node => node;

    public override NodeKind? Kind => NodeKind.If;

    public override void Begin(Machine machine) => Evaluate(machine, node.Condition);

    protected override void Evaluated(Machine machine, in Evaluation evaluation)
    {
        if (evaluation.Failed)
        {
            Fail(machine, evaluation.Error!);
            return;
        }

        var holds = evaluation.Value.AsBoolean;
        if ((holds ? node.Else : node.Then) is { } skipped)
        {
            StepRecords.Skip(Scope, skipped);
        }

        if ((holds ? node.Then : node.Else) is not { } taken)
        {
            Succeed(machine, Ready);
            return;
        }

        BeginNode(machine, taken, new Birth(holds ? Relation.Then : Relation.Else, default, Scope, Ready)
        {
            Steps = holds ? "then" : "else",
            WantsResult = WantsResult,
        });
    }

    public override void ChildEnded(Machine machine, Frame child, in Outcome outcome) => machine.End(this, outcome.FromWithin());
}
