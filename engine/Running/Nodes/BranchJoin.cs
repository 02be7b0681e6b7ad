using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.CriticalPath;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>What the branches of a <c>parallel</c> or an <c>each</c> came to. What they set is taken over in the written order.</summary>
internal sealed class BranchJoin(Instant ready)
{
    private readonly List<(int Branch, ProgramScope Scope)> _sets = [];
    private Value[]? _results;

    public int Succeeded { get; private set; }

    public int Failed { get; private set; }

    public int Interrupted { get; private set; }

    /// <summary>Whether something in a branch was cancelled before it had ended.</summary>
    public bool IsCut { get; private set; }

    public StepStatus Status { get; private set; } = StepStatus.Succeeded;

    public ErrorRope? Errors { get; private set; }

    public Instant End { get; private set; } = ready;

    public Value Result => Value.Of(_results ?? []);

    public void KeepResults(int branches) => _results = new Value[branches];

    public void Add(Frame branch, in Outcome outcome)
    {
        End = Instant.Max(End, outcome.End);
        Errors = ErrorRope.Join(Errors, outcome.Errors);
        IsCut |= outcome.IsCut || (outcome.IsInterrupted && outcome.Status == StepStatus.Cancelled);
        if (branch.Scope.HasOwn)
        {
            _sets.Add((branch.Place.Number, branch.Scope));
        }

        if (outcome.IsSuccess)
        {
            Succeeded++;
            if (_results is not null)
            {
                _results[branch.Place.Number] = outcome.Result;
            }
        }
        else if (outcome.IsInterrupted)
        {
            Interrupted++;
        }
        else
        {
            Failed++;
            Status = Outcome.Worst(Status, outcome.Status);
        }
    }

    /// <summary>Takes a moment into account that is no branch's end.</summary>
    public void NotBefore(in Instant instant) => End = Instant.Max(End, instant);

    public void TakeOver(ProgramScope scope)
    {
        _sets.Sort(static (one, other) => one.Branch.CompareTo(other.Branch));
        foreach (var (_, ended) in _sets)
        {
            scope.Absorb(ended);
        }

        _sets.Clear();
    }
}
