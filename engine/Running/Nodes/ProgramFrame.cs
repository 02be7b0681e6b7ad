using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Expecting;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Models.Expressions;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>A program that is being run: its steps, then its result.</summary>
internal sealed class ProgramFrame(DeviceProgram program) : Frame
{
    private Outcome _outcome;

    public override Node? Node => null;

    public override NodeKind? Kind => null;

    /// <summary>What its steps are called in paths.</summary>
    public required string Steps { get; init; }

    public override void Begin(Machine machine)
    {
        if (program.Monitors is not { } monitors)
        {
            BeginNode(machine, program.Steps, new Birth(Relation.Step, default, Scope, Ready) { Steps = Steps });
            return;
        }

        machine.Begin(this, new ExpectingFrame(monitors, program.Steps, Steps)
        {
            Scope = Scope,
            Key = NodeKey.Of(Key, Relation.Step, 1),
            Ready = Ready,
        });
    }

    public override void ChildEnded(Machine machine, Frame child, in Outcome outcome)
    {
        _outcome = outcome;
        if (outcome.IsSuccess && program.Result is { } result && Halt == Halt.None)
        {
            Evaluate(machine, result);
        }
        else
        {
            machine.End(this, outcome.FromWithin());
        }
    }

    protected override void Evaluated(Machine machine, in Evaluation evaluation) =>
        machine.End(this, evaluation.Failed
            ? Outcome.Failed(Error(StepStatus.Failed, evaluation.Error!), _outcome.End)
            : Outcome.Succeeded(_outcome.End, evaluation.Value));
}
