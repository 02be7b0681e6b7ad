using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.StandIns;

/// <summary>
/// What a device does with some messages, besides what its model does with them. Of several rules that a message fits, the newest that does
/// handles it. Awaiting a rule that a device of a lab was given waits until the broker delivers to it what the rule is about.
/// <code>
/// await lab.Device("unit-7").When("acme/7/downlink", m => m["op"] == "reboot").Reply("acme/7/uplink", m => new { id = m["id"], ok = true });
/// </code>
/// </summary>
public sealed class StandInRule
{
    private readonly Func<StandInMessage, bool>? _where;
    private ImmutableArray<Action<StandInDevice, StandInMessage>> _acts = [];
    private Action<StandInRule>? _given;
    private string? _inState;
    private string? _toState;
    private int _most = int.MaxValue;
    private int _hits;
    private double _probability = 1;

    /// <summary>A rule that does nothing yet.</summary>
    /// <param name="filter">The topic filter, with <c>+</c> and <c>#</c>.</param>
    /// <param name="where">Which messages; null: all. A message for which it throws does not fit.</param>
    /// <exception cref="ArgumentException">It is no topic filter.</exception>
    public StandInRule(string filter, Func<StandInMessage, bool>? where = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(filter);
        if (TopicGrammar.ProblemOfFilter(filter) is { } problem)
        {
            throw new ArgumentException(problem, nameof(filter));
        }

        (Filter, _where) = (filter, where);
    }

    /// <summary>The topic filter.</summary>
    public string Filter { get; }

    /// <summary>How many messages it has handled.</summary>
    public int Hits => Volatile.Read(ref _hits);

    /// <summary>What its own code has thrown at the last message; null: nothing. Nothing of what it did for that message has happened.</summary>
    public Exception? Failure { get; internal set; }

    /// <summary>Whether the model does not see what it handles.</summary>
    internal bool IsInstead { get; private set; }

    /// <summary>Ends when the device hears what the rule is about.</summary>
    internal Task Ready { get; set; } = Task.CompletedTask;

    /// <summary>The rule is handed over with its first act.</summary>
    internal StandInRule GivenTo(Action<StandInRule> given)
    {
        _given = given;
        return this;
    }

    /// <summary>Holds only while the device is in a state of its rules; at first that is the empty text.</summary>
    /// <param name="state">The state.</param>
    public StandInRule InState(string state) => With(() => _inState = state);

    /// <summary>Holds for so many messages only.</summary>
    /// <param name="most">How many; at least 1.</param>
    public StandInRule Times(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return With(() => _most = most);
    }

    /// <summary>Holds for a share of the messages, chosen by the seed.</summary>
    /// <param name="probability">From 0 to 1.</param>
    public StandInRule Sometimes(double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1);
        return With(() => _probability = probability);
    }

    /// <summary>The model does not see the messages that it handles.</summary>
    public StandInRule Instead() => With(() => IsInstead = true);

    /// <summary>Answers on a topic.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="payload">Text as it is, bytes as they are, anything else as JSON; null: nothing.</param>
    /// <param name="how">How, and how much later; null: at once, with quality of service 1.</param>
    public StandInRule Reply(string topic, object? payload = null, StandInPublication? how = null) =>
        Then((device, _) => device.Reply(topic, payload, how));

    /// <summary>Answers on a topic.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="payload">What to say to a message: text as it is, bytes as they are, anything else as JSON.</param>
    /// <param name="how">How, and how much later; null: at once, with quality of service 1.</param>
    public StandInRule Reply(string topic, Func<StandInMessage, object?> payload, StandInPublication? how = null) =>
        Then((device, message) => device.Reply(topic, payload(message), how));

    /// <summary>Answers on a topic that depends on the message.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="payload">What to say to a message: text as it is, bytes as they are, anything else as JSON.</param>
    /// <param name="how">How, and how much later; null: at once, with quality of service 1.</param>
    public StandInRule Reply(Func<StandInMessage, string> topic, Func<StandInMessage, object?> payload, StandInPublication? how = null) =>
        Then((device, message) => device.Reply(topic(message), payload(message), how));

    /// <summary>Answers to the Response Topic of the message, with its Correlation Data.</summary>
    /// <param name="payload">What to say to a message: text as it is, bytes as they are, anything else as JSON.</param>
    /// <param name="how">How, and how much later; null: at once, with quality of service 1.</param>
    public StandInRule Respond(Func<StandInMessage, object?> payload, StandInPublication? how = null) =>
        Then((device, message) => device.Respond(payload(message), how));

    /// <summary>Sets a property.</summary>
    /// <param name="property">The property.</param>
    /// <param name="value">What to.</param>
    public StandInRule Set(string property, object? value)
    {
        var what = Value.From(value);
        return Then((device, _) => device[property] = what);
    }

    /// <summary>Carries out a command of the model.</summary>
    /// <param name="command">The command.</param>
    /// <param name="arguments">Its arguments; null: none.</param>
    public StandInRule Do(string command, Func<StandInMessage, object?>? arguments = null) =>
        Then((device, message) => device.Do(command, arguments?.Invoke(message)));

    /// <summary>The device is in another state of its rules from then on.</summary>
    /// <param name="state">The state.</param>
    public StandInRule ToState(string state)
    {
        _toState = state;
        return Then(static (_, _) => { });
    }

    /// <summary>Nothing comes of the message, as if it had been lost: the model does not see it either.</summary>
    public StandInRule Ignore()
    {
        IsInstead = true;
        return Then(static (_, _) => { });
    }

    /// <summary>Loses the connection without a goodbye: the broker publishes the device's will.</summary>
    /// <param name="duration">For how long.</param>
    public StandInRule Disconnect(TimeSpan duration) => Then((device, _) => device.Disconnect(duration));

    /// <summary>Does anything else. Called where the device is handled: it must not wait.</summary>
    /// <param name="act">What.</param>
    public StandInRule Then(Action<StandInDevice, StandInMessage> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        _acts = _acts.Add(act);
        Interlocked.Exchange(ref _given, null)?.Invoke(this);
        return this;
    }

    /// <summary>Waits until the device hears what the rule is about.</summary>
    public TaskAwaiter GetAwaiter() => Ready.GetAwaiter();

    internal bool Fits(StandInDevice device, StandInMessage message)
    {
        if (_hits >= _most || (_inState is not null && _inState != device.State) || !TopicGrammar.Fits(Filter, message.Topic))
        {
            return false;
        }

        try
        {
            return (_where is null || _where(message)) && device.Happens(_probability);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Failure = exception;
            return false;
        }
    }

    internal void Act(StandInDevice device, StandInMessage message)
    {
        Interlocked.Increment(ref _hits);
        foreach (var act in _acts)
        {
            act(device, message);
        }

        device.State = _toState ?? device.State;
    }

    private StandInRule With(Action change)
    {
        change();
        return this;
    }
}
