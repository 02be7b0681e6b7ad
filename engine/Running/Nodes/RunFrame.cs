using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Models.Expressions;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>Another program. It sees its parameters and the devices; the caller sees its result alone.</summary>
internal sealed class RunFrame(RunNode node) : Frame
{
    public override Node Node => node;

    public override NodeKind? Kind => NodeKind.Run;

    public override void Begin(Machine machine) => Evaluate(machine, Templates.Map(node.With));

    protected override void Evaluated(Machine machine, in Evaluation evaluation)
    {
        if (evaluation.Failed)
        {
            Fail(machine, evaluation.Error!);
            return;
        }

        if (!ProgramParameters.TryBind(node.Program, evaluation.Value.AsMap, out var parameters, out var problem))
        {
            Fail(machine, problem, code: "parameter");
            return;
        }

        machine.Begin(this, new ProgramFrame(node.Program)
        {
            Scope = new ProgramScope(machine.Program(node.Program, parameters)),
            Key = NodeKey.Of(Key, Relation.Step, 0),
            Ready = Ready,
            Steps = "run",
        });
    }

    public override void ChildEnded(Machine machine, Frame child, in Outcome outcome) => machine.End(this, outcome.FromWithin());
}
