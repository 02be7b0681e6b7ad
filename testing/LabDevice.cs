using IotMqtt.Models.StandIns;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Ids;
using IotMqtt.Testing.Messages;

namespace IotMqtt.Testing;

/// <summary>One device of a lab.</summary>
public sealed class LabDevice
{
    private readonly IotLab _lab;
    private readonly DeviceId _id;

    internal LabDevice(DeviceId id, IotLab lab) => (_id, _lab) = (id, lab);

    /// <summary>Its id.</summary>
    public string Id => _id.ToString();

    /// <summary>Whether it says that it is online.</summary>
    public bool IsOnline => _lab.Observer.States.IsOnline(_id);

    /// <summary>Its properties, from what it last said. After a run they are those at its end.</summary>
    public ValueMap State => _lab.Observer.States.Of(_id);

    /// <summary>What came for it, oldest first: the commands of the contract, and everything on topics of its own.</summary>
    public IReadOnlyList<LabMessage> Received => Both(_lab.Observer.Talk.Of(Id, sent: false), TopicKind.Command);

    /// <summary>What it sent, oldest first: the readings and events of the contract, and everything on topics of its own.</summary>
    public IReadOnlyList<LabMessage> Sent => Both(_lab.Observer.Talk.Of(Id, sent: true), TopicKind.Telemetry, TopicKind.Event);

    /// <summary>
    /// What it does with some messages, besides what its model does with them: a rule, which says with <c>Reply</c> and its like what that is. Await it
    /// before you act: then the device listens. In a lab without a fleet the device comes to be with its first rule.
    /// </summary>
    /// <param name="filter">The topic filter, with <c>+</c> and <c>#</c>.</param>
    /// <param name="where">Which messages; null: all. Called where devices are handled: it must not wait.</param>
    public StandInRule When(string filter, Func<StandInMessage, bool>? where = null) => _lab.StandIns.Give(Id, new StandInRule(filter, where));

    /// <summary>Expects a message for it on a topic of its own, from now on: expect first, then act, then await.</summary>
    /// <param name="filter">The topic, with <c>+</c> and <c>#</c>.</param>
    /// <param name="where">What it must be besides; null: anything.</param>
    /// <param name="within">How long, from now; null: the lab's patience.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="LabException">None came: it says what came instead, and why that did not fit.</exception>
    public Task<LabMessage> ExpectReceived(string filter, Func<LabMessage, bool>? where = null, TimeSpan? within = null, CancellationToken cancellationToken = default) =>
        _lab.ExpectAsync(_lab.Observer.Talk.Of(Id, sent: false), $"for {Id} on {filter}", filter, where, within, cancellationToken);

    /// <summary>Expects that it sends a message on a topic of its own, from now on: expect first, then act, then await.</summary>
    /// <param name="filter">The topic, with <c>+</c> and <c>#</c>.</param>
    /// <param name="where">What it must be besides; null: anything.</param>
    /// <param name="within">How long, from now; null: the lab's patience.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="LabException">It sent none: it says what it sent instead, and why that did not fit.</exception>
    public Task<LabMessage> ExpectSent(string filter, Func<LabMessage, bool>? where = null, TimeSpan? within = null, CancellationToken cancellationToken = default) =>
        _lab.ExpectAsync(_lab.Observer.Talk.Of(Id, sent: true), $"from {Id} on {filter}", filter, where, within, cancellationToken);

    /// <summary>Waits until its properties meet a condition; at once where they do.</summary>
    /// <param name="condition">The condition. A property that is not there, or of another kind, does not meet it.</param>
    /// <param name="within">How long; null: the lab's patience.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="LabException">They did not; it says what they were.</exception>
    public async Task<ValueMap> StateAsync(Func<ValueMap, bool> condition, TimeSpan? within = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var states = _lab.Observer.States;
        var patience = within ?? _lab.Patience;
        var met = states.WhenAsync(_id, condition);
        try
        {
            return await met.WaitAsync(patience, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new LabException($"The state of {Id} did not meet the condition within {patience.TotalSeconds:0.###} s. It is {Value.Of(State).ToJson()}.");
        }
        finally
        {
            states.Forget(met);
        }
    }

    private List<LabMessage> Both(MessageLog own, params ReadOnlySpan<TopicKind> kinds)
    {
        var found = new List<LabMessage>(own.Messages);
        foreach (var message in _lab.Observer.Log.Messages)
        {
            if (_lab.Observer.Topics.TryParse(message.Topic, out var address) && address.Device == _id && kinds.Contains(address.Kind))
            {
                found.Add(message);
            }
        }

        return [.. found.OrderBy(message => message.At)];
    }
}
