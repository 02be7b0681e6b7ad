using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Models.Chance;

namespace IotMqtt.Engine.Running.Expecting;

/// <content>What was seen, and what that means.</content>
internal sealed partial class ExpectingFrame
{
    /// <summary>What is wrong, in the order in which it came to light.</summary>
    private ErrorRope? _wrong;

    /// <summary>Of that, what was seen and must not be: it counts even where the act failed.</summary>
    private ErrorRope? _seen;

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
                watch.Timer = machine.Timers.Set(machine.Now + within, this, at, isLimit: true);
            }
        }
    }

    private void Decide(Machine machine, Watch watch, RunError? error)
    {
        machine.Timers.Cancel(ref watch.Timer);
        watch.IsDecided = true;
        if (error is not null)
        {
            _wrong = ErrorRope.Join(_wrong, new(error));
            _seen = watch.IsNever ? ErrorRope.Join(_seen, new(error)) : _seen;
        }

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
        var isOpen = Array.Exists(_watches, static watch => !watch.IsNever && !watch.IsDecided);
        if (_seen is null && isOpen)
        {
            return;
        }

        if (_wrong is not null)
        {
            machine.End(this, Outcome.Failed(StepStatus.Failed, _wrong, end).OwnedBy(_wrong.First));
        }
        else if (Array.TrueForAll(_watches, static watch => watch.IsDecided || (watch.IsNever && watch.Within is null)))
        {
            machine.End(this, Outcome.Succeeded(end, _act.Result));
        }
    }
}
