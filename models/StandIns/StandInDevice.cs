using System.Text;
using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Behaviour.Queues;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.StandIns;

/// <summary>
/// A device, as its own code in C# sees it while it handles something: its properties, and what it can do. What it does happens when the code
/// has returned, in the order in which it was written; where the code throws, nothing of it happens. Time and chance are the device's, so
/// the same code runs over a broker and in virtual time. Not for use outside of the code that is handed it.
/// </summary>
public sealed class StandInDevice
{
    private readonly DeviceMachine _machine;
    private readonly List<Action<TimeSpan>> _effects = [];
    private SeededChance _chance;
    private TimeSpan _now;
    private StandInMessage? _handled;
    private bool _isActive;
    private PriorityQueue<Action<TimeSpan>, (TimeSpan Due, long Order)>? _later;
    private long _laterCount;

    internal StandInDevice(DeviceMachine machine, ulong seed, StandIn? made) => (_machine, _chance, Class) = (machine, new SeededChance(seed), made);

    /// <summary>The instance of its class; null: it has none.</summary>
    internal StandIn? Class { get; }

    /// <summary>The rules that it was given, the newest first.</summary>
    internal List<StandInRule> Rules { get; } = [];

    /// <summary>Its id.</summary>
    public string Id => _machine.Device.Id;

    /// <summary>Its variables, such as its serial number.</summary>
    public ValueMap Vars => _machine.Device.Vars;

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string> Labels => _machine.Device.Labels;

    /// <summary>Since it started.</summary>
    public TimeSpan Now => Active()._now - _machine.Started;

    /// <summary>What the calendar says.</summary>
    public DateTimeOffset Today => _machine.Origin + Active()._now;

    /// <summary>In which state of its own rules it is: empty at first; see <see cref="StandInRule.InState"/>.</summary>
    public string State { get; set; } = "";

    /// <summary>The value of a property.</summary>
    /// <exception cref="ArgumentException">It has no such property, or the value is not of its type.</exception>
    public Value this[string property]
    {
        get => _machine[Slot(property)];
        set => Active()._machine.Set(Slot(property), value);
    }

    /// <summary>A number from 0 to below 1, from the seed of the run and the device alone.</summary>
    public double Chance() => Active()._chance.NextDouble();

    /// <summary>Sends a message on a topic of its own.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="payload">Text as it is, bytes as they are, anything else as JSON; null: nothing.</param>
    /// <param name="how">How, and how much later; null: at once, with quality of service 1.</param>
    /// <exception cref="ArgumentException">It is no topic to publish to.</exception>
    public void Publish(string topic, object? payload = null, StandInPublication? how = null) => Publish(topic, payload, how, null);

    /// <summary>Answers the message that is handled: to its Response Topic, with its Correlation Data.</summary>
    /// <param name="payload">As in <see cref="Publish(string, object?, StandInPublication?)"/>.</param>
    /// <param name="how">How, and how much later; null: at once, with quality of service 1.</param>
    /// <exception cref="InvalidOperationException">No message is handled, or it has no Response Topic.</exception>
    public void Respond(object? payload = null, StandInPublication? how = null) =>
        Publish(_handled?.ResponseTopic ?? throw new InvalidOperationException("what is handled has no Response Topic: say the topic"), payload, how, _handled);

    /// <summary>Answers the message that is handled on a topic, with its Correlation Data where it has some.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="payload">As in <see cref="Publish(string, object?, StandInPublication?)"/>.</param>
    /// <param name="how">How, and how much later; null: at once, with quality of service 1.</param>
    public void Reply(string topic, object? payload = null, StandInPublication? how = null) => Publish(topic, payload, how, _handled);

    /// <summary>Sends a message that its model has in <c>sends</c>.</summary>
    /// <param name="name">Its name there.</param>
    /// <param name="arguments">What <c>args</c> stands for in it.</param>
    /// <exception cref="ArgumentException">The model has no such message.</exception>
    public void Send(string name, object? arguments = null)
    {
        var plan = Active()._machine.FindSend(name) ?? throw new ArgumentException($"{_machine.Device.Model.Name} sends no \"{name}\"", nameof(name));
        var args = Arguments(arguments);
        _effects.Add(now => _machine.SendByName(plan, args, now));
    }

    /// <summary>Publishes an event of its model.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="payload">Its payload; null: <c>{}</c>.</param>
    /// <exception cref="ArgumentException">The model has no such event.</exception>
    public void Emit(string name, object? payload = null)
    {
        if (!Active()._machine.Device.Model.Events.Any(known => known.Name == name))
        {
            throw new ArgumentException($"{_machine.Device.Model.Name} has no event \"{name}\"", nameof(name));
        }

        var value = payload is null ? Value.Of(ValueMap.Empty) : Value.From(payload);
        _effects.Add(now => _machine.EmitByCode(name, value, now));
    }

    /// <summary>Has it carry out a command of its model, as if somebody had sent it: with its queue, its precondition and the time that it takes.</summary>
    /// <param name="command">The command.</param>
    /// <param name="arguments">Its arguments, such as <c>new { song = "Africa" }</c>.</param>
    /// <param name="then">What it does when the command has ended, well or not.</param>
    public void Do(string command, object? arguments = null, Action<StandInOutcome>? then = null)
    {
        _ = Active();
        var args = Arguments(arguments);
        var handled = _handled;
        _effects.Add(now => _machine.DoByCode(command, args, then is null ? null : (outcome, at) => _machine.Turn(at, handled, () => then(outcome), $"what follows {command}"), now));
    }

    /// <summary>Does something later.</summary>
    /// <param name="delay">How much later.</param>
    /// <param name="act">What.</param>
    public void After(TimeSpan delay, Action act)
    {
        ArgumentNullException.ThrowIfNull(act);
        var handled = Active()._handled;
        _effects.Add(now => Later(now + delay, at => _machine.Turn(at, handled, act, "what it does later")));
    }

    /// <summary>Loses its connection without a goodbye: the broker publishes its will.</summary>
    /// <param name="duration">For how long.</param>
    public void Disconnect(TimeSpan duration)
    {
        _ = Active();
        _effects.Add(_ => _machine.DisconnectByCode(duration));
    }

    /// <summary>The properties before the code acts.</summary>
    internal Value[] Before { get; private set; } = [];

    /// <summary>When it wants to do the next thing.</summary>
    internal TimeSpan NextLater => _later is not null && _later.TryPeek(out _, out var next) ? next.Due : CommandEntry.Never;

    internal void Begin(TimeSpan now, StandInMessage? handled, Value[] before) => (_isActive, _now, _handled, Before) = (true, now, handled, before);

    internal void Later(TimeSpan due, Action<TimeSpan> act) => (_later ??= new()).Enqueue(act, (due, _laterCount++));

    internal Action<TimeSpan>? TakeLater(TimeSpan now) => NextLater <= now ? _later!.Dequeue() : null;

    /// <summary>The code has returned or thrown.</summary>
    /// <returns>What it does, in order.</returns>
    internal Action<TimeSpan>[] End(bool isKept)
    {
        _isActive = false;
        _handled = null;
        Action<TimeSpan>[] effects = isKept && _effects.Count > 0 ? [.. _effects] : [];
        _effects.Clear();
        return effects;
    }

    internal TimeSpan Draw(TimeSpan from, TimeSpan? to) => to is { } most && most > from ? from + ((most - from) * _chance.NextDouble()) : from;

    internal bool Happens(double probability) => probability >= 1 || _chance.Happens(probability);

    private void Publish(string topic, object? payload, StandInPublication? how, StandInMessage? answered)
    {
        _ = Active();
        ArgumentException.ThrowIfNullOrEmpty(topic);
        if (TopicGrammar.ProblemOfName(topic) is { } problem)
        {
            throw new ArgumentException(problem, nameof(topic));
        }

        how ??= new StandInPublication();
        ReadOnlyMemory<byte> bytes = payload switch
        {
            null => Array.Empty<byte>(),
            byte[] raw => raw,
            ReadOnlyMemory<byte> raw => raw,
            string text => Encoding.UTF8.GetBytes(text),
            _ => Value.From(payload) is { Kind: ValueKind.Text } value ? Encoding.UTF8.GetBytes(value.AsText) : Value.From(payload).ToJsonBytes(),
        };
        var message = new OwnMessage
        {
            Topic = topic,
            Payload = bytes,
            QualityOfService = how.QualityOfService,
            Retain = how.Retain,
            CorrelationData = answered?.CorrelationData ?? default,
            ContentType = how.ContentType,
            UserProperties = how.UserProperties,
            Expiry = how.Expiry,
            Value = PayloadText.Decode(bytes.Span),
        };
        _effects.Add(now => _machine.SendByCode(message, now + Draw(how.After, how.AfterAtMost), now));
    }

    private StandInDevice Active() =>
        _isActive ? this : throw new InvalidOperationException($"{Id} handles nothing now: its code acts only while it is called; use {nameof(After)} for what shall happen later");

    private int Slot(string property) => _machine.Device.Model.IndexOfProperty(property) is >= 0 and var slot
        ? slot
        : throw new ArgumentException($"{_machine.Device.Model.Name} has no property \"{property}\"", nameof(property));

    private static ValueMap Arguments(object? arguments) => arguments is null ? ValueMap.Empty
        : Value.From(arguments) is { Kind: ValueKind.Map } map ? map.AsMap
        : throw new ArgumentException("named values were expected, such as new { song = \"…\" }", nameof(arguments));
}
