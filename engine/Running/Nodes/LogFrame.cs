using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Models.Expressions;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>Says something in the record of the run.</summary>
internal sealed class LogFrame(LogNode node) : Frame
{
    public override Node Node => node;

    public override NodeKind? Kind => NodeKind.Log;

    /// <summary>What it said; null: nothing yet.</summary>
    public string? Said { get; private set; }

    public override void Begin(Machine machine) => Evaluate(machine, node.Message);

    protected override void Evaluated(Machine machine, in Evaluation evaluation)
    {
        if (evaluation.Failed)
        {
            Fail(machine, evaluation.Error!);
            return;
        }

        Said = TextOf.Value(evaluation.Value);
        machine.Emit(new Effect.Log(machine.Now, Said));
        Succeed(machine, Ready);
    }
}
