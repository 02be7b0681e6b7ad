using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Models.Chance;

namespace IotMqtt.Engine.Running.Expecting;

/// <content>What was seen, and what that means.</content>
internal sealed partial class ExpectingFrame
{
    public override void Matched(Machine machine, Fact.Matched matched)
    {
        if (!_isPublished || Find(matched.Ticket) is not { IsDecided: false } watch)
        {
            return;
        }

        if (matched.Message.Failed)
        {
            Decide(machine, watch, Error(StepStatus.Failed, matched.Message.Error!));
        }
        else if (watch.IsNever)
        {
            Decide(machine, watch, Error(StepStatus.Failed, $"{Matchers.Describe(watch.Arm!)} was seen and must not be: {matched.Message.Value.ToJson()}", "never"));
        }
        else if (++watch.Seen >= watch.Expectation.Count)
        {
            Decide(machine, watch, null);
        }
    }

    public override void TimerFired(Machine machine, int tag)
    {
        if (tag == Arming)
        {
            _armTimer = 0;
            Fail(machine, $"what it expects could not be armed within {DurationText.Format(machine.Options.WorldBound)}", code: "subscribe");
            return;
        }

        var watch = _watches[tag];
        watch.Timer = 0;
        Decide(machine, watch, watch.IsNever ? null : Error(StepStatus.Failed, Missed(watch), "expect"));
    }

    private static string Missed(Watch watch)
    {
        var counted = watch.Expectation.Count > 1 ? $" {watch.Seen} of {watch.Expectation.Count} times" : "";
        var verb = watch.Expectation.Count > 1 ? "came only" : "did not come";
        return $"{Matchers.Describe(watch.Arm!)} {verb}{counted} within {DurationText.Format(watch.Within!.Value)}";
    }

    private void StartTimers(Machine machine, bool fromDone)
    {
        for (var at = 0; at < _watches.Length; at++)
        {
            var watch = _watches[at];
            if (watch.Within is { } within && watch.Expectation.FromDone == fromDone && !watch.IsDecided)
            {
                machine.Timers.Cancel(ref watch.Timer);
                watch.Timer = machine.Timers.Set(machine.Now + within, this, at);
            }
        }
    }

    private void Decide(Machine machine, Watch watch, RunError? error)
    {
        machine.Timers.Cancel(ref watch.Timer);
        watch.IsDecided = true;
        watch.Error = error;
        Judge(machine);
    }

    /// <summary>Ends the node as soon as it is known how: at once, where something was seen that must not be.</summary>
    private void Judge(Machine machine)
    {
        if (!_hasActed)
        {
            return;
        }

        var end = _act.End.After(machine.Now - _actEnded, Ordinal);
        var isSeen = Array.Exists(_watches, static watch => watch.IsNever && watch.Error is not null);
        var isOpen = Array.Exists(_watches, static watch => !watch.IsNever && !watch.IsDecided);
        if (!isSeen && isOpen)
        {
            return;
        }

        if (Errors(static _ => true) is { } errors)
        {
            machine.End(this, Outcome.Failed(StepStatus.Failed, errors, end).OwnedBy(errors.First));
        }
        else if (Array.TrueForAll(_watches, static watch => watch.IsDecided || (watch.IsNever && watch.Within is null)))
        {
            machine.End(this, Outcome.Succeeded(end, _act.Result));
        }
    }

    /// <summary>What was seen and must not be: it counts even where the act failed.</summary>
    private ErrorRope? SeenErrors() => Errors(static watch => watch.IsNever);

    private ErrorRope? Errors(Func<Watch, bool> which)
    {
        ErrorRope? errors = null;
        foreach (var watch in _watches)
        {
            if (watch.Error is not null && which(watch))
            {
                errors = ErrorRope.Join(errors, new(watch.Error));
            }
        }

        return errors;
    }
}
