using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Models.Expressions;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>Fails unless a condition holds.</summary>
internal sealed class AssertFrame(AssertNode node) : Frame
{
    public override Node Node => node;

    public override NodeKind? Kind => NodeKind.Assert;

    public override void Begin(Machine machine) => Evaluate(machine, node.Condition, explained: true);

    protected override void Evaluated(Machine machine, in Evaluation evaluation)
    {
        if (evaluation.Failed)
        {
            Fail(machine, evaluation.Error!);
        }
        else if (evaluation.Value.AsBoolean)
        {
            Succeed(machine, Ready);
        }
        else
        {
            var seen = evaluation.Seen is null ? "" : $": {evaluation.Seen}";
            Fail(machine, $"{node.Condition.Source} does not hold{seen}", code: "assert");
        }
    }
}
