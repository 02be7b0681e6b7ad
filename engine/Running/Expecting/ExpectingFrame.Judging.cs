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
        if (!_isPublished || Find(matched.Ticket) is not { IsDecided: false, IsMissed: false } watch)
        {
            return;
        }

        if (watch.IsNever)
        {
            Decide(machine, watch, Error(StepStatus.Failed, $"{Matchers.Describe(watch.Arm!)} was seen and must not be: {matched.Message.ToJson()}", "never"));
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
        if (watch.IsNever)
        {
            Decide(machine, watch, null);
        }
        else
        {
            watch.IsMissed = true;
            machine.Emit(new Effect.Recall(watch.Arm!.Ticket));
        }
    }

    public override void Recalled(Machine machine, Fact.Recalled recalled)
    {
        if (Find(recalled.Ticket) is { IsMissed: true, IsDecided: false } watch)
        {
            Decide(machine, watch, Error(StepStatus.TimedOut, Missed(watch, recalled), "expect") with { Details = Misses.Lines(recalled) });
        }
    }

    public override void Unjudged(Machine machine, Fact.Unjudged unjudged)
    {
        // What is expected waits for the next message; nobody would know that something which must not be seen was not looked for.
        if (_isPublished && Find(unjudged.Ticket) is { IsNever: true, IsDecided: false } watch)
        {
            var said = $"{Matchers.Describe(watch.Arm!)} must not be seen, but a message on {unjudged.Topic} could not be judged: {unjudged.Reason}";
            (_unjudged ??= []).Add(said);
            machine.Emit(new Effect.Log(machine.Now, said));
        }
    }

    private static string Missed(Watch watch, Fact.Recalled recalled)
    {
        var counted = watch.Expectation.Count > 1 ? $" {watch.Seen} of {watch.Expectation.Count} times" : "";
        var verb = watch.Expectation.Count > 1 ? "came only" : "did not come";
        var within = DurationText.Format(watch.Within!.Value);
        return $"{Matchers.Describe(watch.Arm!)} {verb}{counted} within {within}{Misses.Summary(recalled, watch.Seen > 0)}";
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
            var status = _seen is null ? StepStatus.TimedOut : StepStatus.Failed;
            machine.End(this, Outcome.Failed(status, _wrong, end).OwnedBy(_wrong.First).Acted());
        }
        else if (Array.TrueForAll(_watches, static watch => watch.IsDecided || (watch.IsNever && watch.Within is null)))
        {
            machine.End(this, Outcome.Succeeded(end, _act.Result));
        }
    }
}
