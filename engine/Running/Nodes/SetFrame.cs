using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Models.Expressions;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>Sets variables, all computed from the values before.</summary>
internal sealed class SetFrame(SetNode node) : Frame
{
    public override Node Node => node;

    public override NodeKind? Kind => NodeKind.Set;

    public override void Begin(Machine machine) => Evaluate(machine, Templates.Map(node.Variables));

    protected override void Evaluated(Machine machine, in Evaluation evaluation)
    {
        if (evaluation.Failed)
        {
            Fail(machine, evaluation.Error!);
            return;
        }

        foreach (var (name, value) in evaluation.Value.AsMap)
        {
            Scope.Set(name, value);
        }

        Succeed(machine, Ready);
    }
}
