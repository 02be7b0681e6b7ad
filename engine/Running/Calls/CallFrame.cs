using System.Collections.Immutable;
using System.Text;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Expecting;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Engine.Running.Nodes;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Calls;

/// <summary>
/// Calls the system under test and judges its answer. Without a <c>timeout</c> of its node it may take as long as a command: the program's
/// <c>step-timeout</c>. What is cancelled is given up.
/// </summary>
internal abstract class CallFrame(ActingNode node) : Frame
{
    private int _timer;
    private bool _isOpen;
    private Ticket _call;
    private Value _answer;

    public sealed override Node Node => node;

    /// <summary>All that has to be computed before it.</summary>
    protected abstract ValueTemplate Question { get; }

    /// <summary>A condition on the answer.</summary>
    protected abstract Expression? Where { get; }

    /// <summary>What it is called, for messages.</summary>
    protected abstract string What { get; }

    public sealed override void Begin(Machine machine) => Evaluate(machine, Question);

    protected sealed override void Evaluated(Machine machine, in Evaluation evaluation)
    {
        if (evaluation.Failed)
        {
            Fail(machine, evaluation.Error!);
        }
        else if (_answer.IsNull)
        {
            Call(machine, evaluation.Value.AsList.ToArray());
        }
        else if (evaluation.Value.AsBoolean)
        {
            Succeed(machine);
        }
        else
        {
            var seen = evaluation.Seen is null ? "" : $": {evaluation.Seen}";
            Fail(machine, $"{What}: {Where!.Source} does not hold{seen}", code: "where");
        }
    }

    public sealed override void Called(Machine machine, Fact.Called called)
    {
        _isOpen = false;
        var answer = called.Answer;
        switch (answer.Outcome)
        {
            case CallOutcome.Unreachable:
                Fail(machine, answer.Message!, StepStatus.Unreachable, "unreachable");
                break;
            case CallOutcome.Failed:
                Fail(machine, answer.Message!, code: "call");
                break;
            case CallOutcome.NotCarriedOut:
                machine.Emit(new Effect.Log(machine.Now, $"{What}: {answer.Message}"));
                machine.End(this, Outcome.Skipped(Ready));
                break;
            default:
                Judge(machine, answer.Value);
                break;
        }
    }

    public sealed override void Halted(Machine machine)
    {
        // What is only no longer to be followed by anything new is awaited, as a command is.
        if (!_isOpen || Halt == Halt.Cancelling || machine.IsAbandoned)
        {
            Interrupt(machine);
        }
    }

    public sealed override void TimerFired(Machine machine, int tag)
    {
        _timer = 0;
        var error = Error(StepStatus.TimedOut, $"{What} was not answered within {DurationText.Format(Scope.Program.StepTimeout)}", "timeout");
        machine.End(this, Outcome.Failed(error, Ready.After(machine.Now - Began, Ordinal)));
    }

    public sealed override void Release(Machine machine)
    {
        machine.Timers.Cancel(ref _timer);
        if (_isOpen)
        {
            machine.Emit(new Effect.GiveUp(_call));
        }
    }

    /// <summary>What the world is to do; null, with what is wrong, where it cannot be said.</summary>
    protected abstract Effect? Effect(Ticket ticket, ReadOnlySpan<Value> computed, out string? problem);

    /// <returns>What is wrong with an answer; null: nothing.</returns>
    protected abstract string? Problem(ValueMap answer);

    /// <summary>The names that a condition sees beside <c>value</c>, of the answer.</summary>
    protected abstract (string Value, string Also) Named { get; }

    protected static ValueTemplate OrNull(ValueTemplate? template) => template ?? new ValueTemplate.Constant(Value.Null);

    protected static ImmutableArray<byte> BytesOf(PayloadTemplate? payload, in Value value) =>
        payload is null ? []
        : payload.Bytes is { } bytes ? bytes
        : value.Kind == ValueKind.Text ? [.. Encoding.UTF8.GetBytes(value.AsText)]
        : [.. value.ToJsonBytes()];

    protected static ImmutableArray<KeyValuePair<string, string>> Texts(in Value values) =>
        [.. values.AsMap.Select(static entry => KeyValuePair.Create(entry.Key, TextOf.Value(entry.Value)))];

    private void Call(Machine machine, Value[] computed)
    {
        _call = NextTicket();
        if (Effect(_call, computed, out var problem) is not { } effect)
        {
            Fail(machine, problem!);
            return;
        }

        if (Limit is null)
        {
            _timer = machine.Timers.Set(machine.Now + Scope.Program.StepTimeout, this, 0, isLimit: true);
        }

        _isOpen = true;
        Ask(machine, effect);
        (Parent as ExpectingFrame)?.ActPublished(machine);
    }

    private void Judge(Machine machine, Value answer)
    {
        _answer = answer;
        if (Problem(answer.AsMap) is { } problem)
        {
            machine.End(this, Outcome.Failed(Error(StepStatus.Failed, problem, "answer"), Ready.After(machine.Now - Began, Ordinal)));
        }
        else if (Where is { } where)
        {
            var (value, also) = Named;
            Evaluate(machine, where, Scope.With("value", answer.AsMap[value]).With(also, answer.AsMap[also]), explained: true);
        }
        else
        {
            Succeed(machine);
        }
    }

    private void Succeed(Machine machine) => machine.End(this, Outcome.Succeeded(Ready.After(machine.Now - Began, Ordinal), _answer));
}
