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

        if (watch.Arm!.Counter is not null)
        {
            // How many there were is known at the end.
            watch.Seen++;
        }
        else if (watch.IsNever)
        {
            Decide(machine, watch, Error(StepStatus.Failed, $"{Matchers.Describe(watch.Arm!)} was seen and must not be: {matched.Message.ToJson()}", "never"));
        }
        else if (node.InOrder && ComesTooEarly(watch))
        {
            watch.CameEarly++;
        }
        else if (++watch.Seen > watch.Expectation.Most)
        {
            Decide(machine, watch, Error(StepStatus.Failed, $"{Matchers.Describe(watch.Arm)} came {watch.Seen} times, and may come {watch.Expectation.Most} times at most: {matched.Message.ToJson()}", "expect"));
        }
        else if (watch.Seen >= watch.Expectation.Count && watch.Expectation.Most is null)
        {
            Decide(machine, watch, null);
        }
    }

    /// <summary>Whether something has not been seen yet that is written before it.</summary>
    private bool ComesTooEarly(Watch watch)
    {
        foreach (var earlier in _watches)
        {
            if (earlier == watch)
            {
                return false;
            }

            if (earlier.Seen < earlier.Expectation.Count)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What has no time of its own ends with the act: what must have been seen by then, and the numbers of messages.</summary>
    private void EndWithoutTime(Machine machine)
    {
        // All that is to be asked first: who is decided last ends the node.
        Watch[] due = [.. _watches.Where(static watch => watch.Within is null && !watch.IsDecided && (!watch.IsNever || watch.Seen > 0))];
        foreach (var watch in due.OrderBy(static watch => !watch.IsNever && watch.Seen >= watch.Expectation.Count))
        {
            End(machine, watch);
        }
    }

    private void End(Machine machine, Watch watch)
    {
        if (watch.Seen >= watch.Expectation.Count && !watch.IsNever)
        {
            Decide(machine, watch, null);
        }
        else
        {
            watch.IsMissed = true;
            machine.Emit(new Effect.Recall(watch.Arm!.Ticket));
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
            End(machine, watch);
        }
    }

    public override void Recalled(Machine machine, Fact.Recalled recalled)
    {
        if (Find(recalled.Ticket) is { IsMissed: true, IsDecided: false } watch)
        {
            var error = watch.Arm!.Counter is null ? Error(StepStatus.TimedOut, Missed(watch, recalled), "expect") : Error(StepStatus.Failed, Gaps(watch), "gapless");
            Decide(machine, watch, error with { Details = Misses.Lines(recalled) });
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
        var within = watch.Within is { } time ? $"within {DurationText.Format(time)}" : "by the end";
        var early = watch.CameEarly > 0 ? "; it came before what is expected before it" : "";
        return $"{Matchers.Describe(watch.Arm!)} {verb}{counted} {within}{early}{Misses.Summary(recalled, watch.Seen + watch.CameEarly > 0)}";
    }

    /// <summary>What is known of the numbers of messages when nobody waits for more.</summary>
    private ErrorRope? KnownGaps()
    {
        ErrorRope? gaps = null;
        foreach (var watch in _watches)
        {
            if (watch is { IsDecided: false, Seen: > 0, Arm.Counter: not null })
            {
                gaps = ErrorRope.Join(gaps, new(Error(StepStatus.Failed, Gaps(watch), "gapless")));
            }
        }

        return gaps;
    }

    private static string Gaps(Watch watch)
    {
        var per = watch.Arm!.Per is { } part ? $" per {part.Source}" : "";
        return $"{Matchers.Describe(watch.Arm)} is not gapless by {watch.Arm.Counter!.Source}{per}: {watch.Seen} message{(watch.Seen == 1 ? "" : "s")} did not follow the one before";
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
            _seen = error.Status == StepStatus.Failed ? ErrorRope.Join(_seen, new(error)) : _seen;
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
        // What came instead is asked for, and told at once: that is waited for in any case.
        var isAsked = Array.Exists(_watches, static watch => watch is { IsMissed: true, IsDecided: false });
        var isOpen = Array.Exists(_watches, static watch => !watch.IsNever && !watch.IsDecided);
        if (isAsked || (_seen is null && isOpen))
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
