using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Models.Expressions;

namespace IotMqtt.Engine.Running.Machinery;

/// <content>
/// What it asks of the world: one thing at a time. The question is kept until it is answered, so that a replayed run knows what it owes.
/// </content>
internal abstract partial class Frame
{
    private int _question;

    /// <summary>What was asked and has not been answered.</summary>
    protected Effect? Pending { get; private set; }

    /// <summary>A ticket for the next question.</summary>
    protected Ticket NextTicket() => new(Slot, Generation, ++_question);

    /// <summary>Asks something that is answered once.</summary>
    protected void Ask(Machine machine, Effect effect)
    {
        Pending = effect;
        machine.Emit(effect);
    }

    /// <summary>No longer wants to know.</summary>
    protected void AskNoMore() => Pending = null;

    /// <summary>Takes the answer to what it asked last. Another answer, or the same a second time, is not taken.</summary>
    public bool TakesAnswer(in Ticket ticket)
    {
        var takes = Pending is not null && ticket.Question == _question;
        Pending = takes ? null : Pending;
        return takes;
    }

    /// <summary>Evaluates a template; <see cref="Evaluated"/> follows, at once where it is constant.</summary>
    protected void Evaluate(Machine machine, ValueTemplate template)
    {
        if (template is ValueTemplate.Constant constant)
        {
            Evaluated(machine, Evaluation.Of(constant.Value));
        }
        else
        {
            AskFor(machine, template, false, Scope);
        }
    }

    /// <summary>Asks for a condition; <see cref="Evaluated"/> follows.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="scope">The names that it sees, where they are not those of the frame.</param>
    /// <param name="explained">Whether one that does not hold is to say what it looked at.</param>
    protected void Evaluate(Machine machine, Expression condition, ProgramScope? scope = null, bool explained = false) =>
        AskFor(machine, new ValueTemplate.Computed(condition), true, scope ?? Scope, explained);

    /// <summary>What an expression came to.</summary>
    protected virtual void Evaluated(Machine machine, in Evaluation evaluation) =>
        throw new InvalidOperationException($"{GetType().Name} evaluates nothing");

    /// <summary>The answer to an evaluation.</summary>
    public void Answer(Machine machine, in Evaluation evaluation) => Evaluated(machine, evaluation);

    /// <summary>The answer to a selection.</summary>
    public virtual void Selected(Machine machine, Fact.Selected selected)
    {
    }

    /// <summary>A matcher is armed.</summary>
    public virtual void Armed(Machine machine, Fact.Armed armed)
    {
    }

    /// <summary>A matcher saw a message.</summary>
    public virtual void Matched(Machine machine, Fact.Matched matched)
    {
    }

    /// <summary>A matcher could not judge a message.</summary>
    public virtual void Unjudged(Machine machine, Fact.Unjudged unjudged)
    {
    }

    /// <summary>What a matcher has seen that did not fit.</summary>
    public virtual void Recalled(Machine machine, Fact.Recalled recalled)
    {
    }

    /// <summary>A call was answered.</summary>
    public virtual void Called(Machine machine, Fact.Called called)
    {
    }

    /// <summary>A publish or a fault is done.</summary>
    public virtual void Performed(Machine machine, Fact.Performed performed)
    {
    }

    /// <summary>After a replay: asks again what has not been answered, and has again what it holds in the world.</summary>
    public virtual void Owe(Machine machine)
    {
        if (Pending is not null)
        {
            machine.Emit(Pending);
        }
    }

    private void AskFor(Machine machine, ValueTemplate template, bool condition, ProgramScope scope, bool explained = false)
    {
        var ticket = NextTicket();
        Ask(machine, new Effect.Evaluate(ticket, template, condition, scope, machine.Now, machine.SeedOf(Key, ticket.Question), explained));
    }
}
