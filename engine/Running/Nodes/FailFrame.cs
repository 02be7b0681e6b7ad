using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Models.Expressions;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>Fails, and says why.</summary>
internal sealed class FailFrame(FailNode node) : Frame
{
    public override Node Node => node;

    public override NodeKind? Kind => NodeKind.Fail;

    public override void Begin(Machine machine) => Evaluate(machine, node.Message);

    protected override void Evaluated(Machine machine, in Evaluation evaluation) =>
        Fail(machine, evaluation.Error ?? TextOf.Value(evaluation.Value), code: "fail");
}
