using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Tests.Running.Scripted;

namespace IotMqtt.Engine.Tests.Properties;

/// <summary>What an act with one thing that it expects, or that it must not cause, comes to.</summary>
internal static class ExpectationOracle
{
    public static Foreseen Judge(DoNode act, CommandScript script)
    {
        var done = ProgramOracle.Answer(script);
        if (act.Expect.IsEmpty && act.Never.IsEmpty)
        {
            return done;
        }

        var isNever = act.Expect.IsEmpty;
        var expectation = isNever ? act.Never[0] : act.Expect[0];
        var limit = expectation.Within!.Constant ?? Computed(expectation.Within);
        var deadline = expectation.FromDone ? done.Length + limit : limit;
        var isNamed = ((Models.Expressions.ValueTemplate.Constant)expectation.Match.Entry!).Value.AsText == "said";
        var isSaid = isNamed && script is { Reject: null, Nobody: false };
        var at = script.Emits?.After ?? default;
        if (done.Failed)
        {
            // What is expected of it is dropped; what must not be and was seen is not.
            return done with { Errors = isNever && isSaid && at <= deadline ? 2 : 1 };
        }

        var isSeen = isSaid && at <= deadline;
        var end = isSeen ? at : deadline;
        return new(isSeen == isNever ? StepStatus.Failed : StepStatus.Succeeded, end > done.Length ? end : done.Length, isSeen == isNever ? 1 : 0);
    }

    private static TimeSpan Computed(DurationTemplate duration)
    {
        var text = new Variables().Evaluate(((Models.Expressions.ValueTemplate.Computed)duration.Computed!).Expression).AsText;
        return Models.Chance.DurationText.TryParse(text, out var computed) ? computed : throw new NotSupportedException(text);
    }
}
