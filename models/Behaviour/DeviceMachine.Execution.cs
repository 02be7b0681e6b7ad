using IotMqtt.Models.Behaviour.Plans;
using IotMqtt.Models.Behaviour.Queues;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour;

internal sealed partial class DeviceMachine
{
    private void Wait(CommandEntry entry)
    {
        entry.Status = CommandStatus.Accepted;
        _nextExpiry = _waiting.Count == 0 || entry.Expires < _nextExpiry ? entry.Expires : _nextExpiry;
        _waiting.Add(entry);
        SendPhase(entry);
    }

    private void StartNext(TimeSpan now)
    {
        while (_waiting.Count > 0 && _running.Count < _plan.Model.Concurrency)
        {
            var entry = _waiting.TakeFirst();
            if (entry.Expires < now)
            {
                Expire(entry, now);
            }
            else if (!CheckPrecondition(entry, now))
            {
                End(entry, now);
            }
            else
            {
                Begin(entry, now);
            }
        }
    }

    private void Begin(CommandEntry entry, TimeSpan now)
    {
        entry.Status = CommandStatus.Running;
        entry.Started = now;
        if (IsExternal)
        {
            BeginExternal(entry, now);
            return;
        }

        var takes = Takes(entry.Plan!);
        if (takes == TimeSpan.Zero)
        {
            Finish(entry, now);
            return;
        }

        entry.Due = takes == CommandEntry.Never ? takes : now + takes;
        _running.Add(entry);
        SendPhase(entry);
    }

    private TimeSpan Takes(CommandPlan plan)
    {
        var takes = plan.FixedTakes ?? plan.Definition.Takes.Sample(ref Chances(plan).Takes);
        return _faults is null ? takes
            : _faults.Hangs() ? CommandEntry.Never
            : takes + _faults.Latency();
    }

    /// <summary>A command has run its time: what it sets, returns and emits.</summary>
    private void Finish(CommandEntry entry, TimeSpan now)
    {
        var plan = entry.Plan!;
        var arguments = entry.Arguments;
        var byCode = Class?.Carries(plan.Definition.Name) == true;
        var before = byCode || Own is { OnChange.Length: > 0 } ? (Value[])_state.Clone() : null;
        entry.Done = now;
        Value[] events = [];
        Action<TimeSpan>[] effects = [];
        if (entry.IsAssumed)
        {
            Assume(entry, now);
        }
        else if (plan.IsConstant)
        {
            ApplyConstant(entry, plan);
        }
        else if (Apply(entry, plan, now, out events) is { } error)
        {
            entry.Refuse(CommandStatus.Failed, ErrorCode.Internal, error);
            SayChanges(entry);
            End(entry, now);
            _host.EvaluationFailed($"command {plan.Definition.Name}", error);
            return;
        }

        if (byCode && Execute(entry, before!, now, out effects) is { } thrown)
        {
            entry.Refuse(CommandStatus.Failed, ErrorCode.Internal, thrown);
            End(entry, now);
            return;
        }

        entry.Status = CommandStatus.Succeeded;
        SayChanges(entry);
        End(entry, now);
        Emit(plan, events, now);
        if (entry.Changed is not null)
        {
            _host.StateChanged();
        }

        if (Own is not null)
        {
            SendMessages(plan, arguments ?? ValueMap.Empty, before, now);
        }

        Happen(effects, now);

        if (entry.Cause is not null)
        {
            Reply(entry, arguments, now);
            entry.Cause = null;
        }
    }

    private void Emit(CommandPlan plan, Value[] computed, TimeSpan now)
    {
        // Of what is only taken as done, what would be computed from an answer is not known.
        var known = plan.IsConstant ? plan.Definition.Emits.Length : computed.Length;
        for (var at = 0; at < known; at++)
        {
            if (_faults?.LosesSent() != true)
            {
                var emission = plan.Definition.Emits[at];
                var value = plan.IsConstant ? CommandPlan.ConstantOf(emission.With) : computed[at];
                _host.Event(emission.Event, value);
                if (Own?.Events.GetValueOrDefault(emission.Event) is { } message)
                {
                    Send(message, ValueMap.Of(("value", value)), now);
                }
            }
        }
    }

    /// <summary>A command is over: the ledger keeps what it came to, and the requester hears it.</summary>
    private void End(CommandEntry entry, TimeSpan now)
    {
        var arguments = entry.Arguments;
        entry.Arguments = null;
        entry.Revision = Revision;
        if (entry.Run is not null)
        {
            Ledger.Ended(entry, now);
        }

        Send(entry);
        if (entry.Cause is not null && entry.Status != CommandStatus.Succeeded)
        {
            Reply(entry, arguments, now);
            entry.Cause = null;
        }
    }

    private void Expire(CommandEntry entry, TimeSpan now)
    {
        entry.Refuse(CommandStatus.Expired, ErrorCode.Expired, "its time was over before it could start");
        End(entry, now);
    }

    private void ExpireWaiting(TimeSpan now)
    {
        if (_waiting.Count == 0 || _nextExpiry > now)
        {
            return;
        }

        _nextExpiry = CommandEntry.Never;
        for (var entry = _waiting.First; entry is not null;)
        {
            var next = entry.Next;
            if (entry.Expires <= now)
            {
                _waiting.Remove(entry);
                Expire(entry, now);
            }
            else
            {
                _nextExpiry = entry.Expires < _nextExpiry ? entry.Expires : _nextExpiry;
            }

            entry = next;
        }
    }
}
