using System.Collections.Immutable;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.CriticalPath;
using IotMqtt.Engine.Running.Machinery;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>
/// The same steps for each of a selection of devices, which is taken once, at entry: in batches, so many at a time. Its result is the list
/// of theirs, in the order of the selection.
/// </summary>
internal sealed class EachFrame(EachNode node) : Frame
{
    private ImmutableArray<string> _devices = [];
    private ImmutableArray<int> _batches = [];
    private BranchJoin _join = null!;
    private Frame? _gate;
    private int _batch;
    private int _next;
    private bool _isStopped;

    public override Node Node => node;

    public override NodeKind? Kind => NodeKind.Each;

    protected override bool ActsAtOnce => true;

    private bool HasFailed => node.Tolerate is { } tolerated ? _join.Failed > tolerated.RoundedDown(_devices.Length) : _join.Failed > 0;

    public override void Begin(Machine machine)
    {
        var ticket = NextTicket();
        Ask(machine, new Effect.Select(ticket, node.Selection, node.Where, node.As, Scope, machine.Now, machine.SeedOf(Key, ticket.Question)));
    }

    public override void Selected(Machine machine, Fact.Selected selected)
    {
        if (selected.Error is not null)
        {
            Fail(machine, selected.Error, code: "selection");
            return;
        }

        _devices = [.. selected.Devices.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (_devices.IsEmpty && !node.AllowEmpty)
        {
            Fail(machine, "no device was selected; allow-empty: true allows that", code: "selection-empty");
            return;
        }

        _join = new BranchJoin(Ready);
        if (WantsResult)
        {
            _join.KeepResults(_devices.Length);
        }

        _batches = Batches.Of(node.Batches, _devices.Length);
        BeginBatch(machine);
    }

    public override void ChildEnded(Machine machine, Frame child, in Outcome outcome)
    {
        if (child == _gate)
        {
            GateEnded(machine, outcome);
            return;
        }

        _join.Add(child, outcome);
        if (outcome.IsFailure && node.Tolerate is null && node.OnFailure != OnFailure.Complete && !_isStopped)
        {
            _isStopped = true;
            machine.StopWithin(this, node.OnFailure == OnFailure.Cancel ? Halt.Cancelling : Halt.Draining, outcome.End);
        }

        if (!_isStopped && Halt == Halt.None && _next < _batches[_batch])
        {
            BeginDevice(machine, outcome.End);
        }
        else if (FirstChild is null)
        {
            BatchEnded(machine);
        }
    }

    private void BeginBatch(Machine machine)
    {
        if (_batch == _batches.Length)
        {
            Finish(machine);
            return;
        }

        var at = _join.End;
        var last = _next + Math.Min(_batches[_batch] - _next, node.Concurrency ?? int.MaxValue);
        while (_next < last)
        {
            BeginDevice(machine, at);
        }
    }

    private void BeginDevice(Machine machine, in Instant ready)
    {
        var device = _devices[_next];
        var birth = new Birth(Relation.Device, new Place("each", _next, device), Scope.WithDevice(node.As, device), ready)
        {
            Steps = "steps",
            WantsResult = WantsResult,
        };
        _next++;
        BeginNode(machine, node.Steps, birth);
    }

    private void BatchEnded(Machine machine)
    {
        _batch++;
        if (HasFailed || Halt != Halt.None || _batch == _batches.Length || node.Gate is null)
        {
            if (HasFailed || Halt != Halt.None)
            {
                Finish(machine);
            }
            else
            {
                BeginBatch(machine);
            }

            return;
        }

        _gate = BeginNode(machine, node.Gate, new Birth(Relation.Gate, new Place(null, _batch), Scope, _join.End) { Steps = "gate" });
    }

    private void GateEnded(Machine machine, in Outcome outcome)
    {
        _gate = null;
        _join.NotBefore(outcome.End);
        if (outcome.IsSuccess && Halt == Halt.None)
        {
            BeginBatch(machine);
        }
        else
        {
            _join.TakeOver(Scope);
            machine.End(this, outcome.IsFailure
                ? Outcome.Failed(outcome.Status, ErrorRope.Join(_join.Errors, outcome.Errors), _join.End)
                : Outcome.Interrupted(Halt, _join.End, outcome.Errors));
        }
    }

    private void Finish(Machine machine)
    {
        _join.TakeOver(Scope);
        if (HasFailed)
        {
            machine.End(this, Outcome.Failed(_join.Status, _join.Errors, _join.End).Cut(_join.IsCut));
        }
        else if (_join.Interrupted > 0 || _next < _devices.Length)
        {
            machine.End(this, Outcome.Interrupted(Halt, _join.End, _join.Errors));
        }
        else
        {
            machine.Tally.Tolerated += _join.Failed;
            machine.End(this, Outcome.Succeeded(_join.End, _join.Result));
        }
    }
}
