using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Machinery;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>All branches at once. Ends with its last branch; its result is the list of theirs, in the written order.</summary>
internal sealed class ParallelFrame(ParallelNode node) : Frame
{
    private BranchJoin _join = null!;
    private bool _isDecided;

    public override Node Node => node;

    public override NodeKind? Kind => NodeKind.Parallel;

    protected override bool ActsAtOnce => true;

    private int Need => node.Need ?? node.Branches.Length;

    private bool HasEnough => node.Need is not null && _join.Succeeded >= Need;

    private bool IsOutOfReach => node.Branches.Length - _join.Failed < Need;

    public override void Begin(Machine machine)
    {
        _join = new BranchJoin(Ready);
        if (WantsResult)
        {
            _join.KeepResults(node.Branches.Length);
        }

        for (var branch = 0; branch < node.Branches.Length; branch++)
        {
            BeginNode(machine, node.Branches[branch], new Birth(Relation.Step, new Place("parallel", branch), Scope.Branch(), Ready)
            {
                WantsResult = WantsResult,
            });
        }

        if (node.Branches.IsEmpty)
        {
            Succeed(machine, Ready);
        }
    }

    public override void ChildEnded(Machine machine, Frame child, in Outcome outcome)
    {
        _join.Add(child, outcome);
        if (FirstChild is null)
        {
            _join.TakeOver(Scope);
            if (HasEnough)
            {
                machine.Tally.Tolerated += _join.Failed;
            }

            machine.End(this, Result());
        }
        else if (!_isDecided && HasEnough)
        {
            _isDecided = true;
            machine.StopWithin(this, Halt.Cancelling, outcome.End);
        }
        else if (!_isDecided && outcome.IsFailure && IsOutOfReach && node.OnFailure != OnFailure.Complete)
        {
            _isDecided = true;
            machine.StopWithin(this, node.OnFailure == OnFailure.Cancel ? Halt.Cancelling : Halt.Draining, outcome.End);
        }
    }

    private Outcome Result() =>
        HasEnough ? Outcome.Succeeded(_join.End, _join.Result)
        : _join.Failed > 0 && (node.Need is null || IsOutOfReach) ? Outcome.Failed(_join.Status, _join.Errors, _join.End).Cut(_join.IsCut)
        : _join.Interrupted > 0 ? Outcome.Interrupted(Halt, _join.End, _join.Errors)
        : Outcome.Succeeded(_join.End, _join.Result);
}
