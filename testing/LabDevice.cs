using IotMqtt.Models.Values;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Ids;
using IotMqtt.Testing.Messages;

namespace IotMqtt.Testing;

/// <summary>One device of a lab, as the broker saw it.</summary>
public sealed class LabDevice
{
    private readonly LabObserver _observer;
    private readonly Topics _topics;
    private readonly TimeSpan _patience;
    private readonly DeviceId _id;

    internal LabDevice(DeviceId id, LabObserver observer, Topics topics, TimeSpan patience)
    {
        (_id, _observer, _topics, _patience) = (id, observer, topics, patience);
    }

    /// <summary>Its id.</summary>
    public string Id => _id.ToString();

    /// <summary>Whether it says that it is online.</summary>
    public bool IsOnline => _observer.States.IsOnline(_id);

    /// <summary>Its properties, from what it last said. After a run they are those at its end.</summary>
    public ValueMap State => _observer.States.Of(_id);

    /// <summary>The commands that were sent to it, oldest first.</summary>
    public IReadOnlyList<LabMessage> Received => Of(TopicKind.Command);

    /// <summary>The readings and events that it sent, oldest first.</summary>
    public IReadOnlyList<LabMessage> Sent => Of(TopicKind.Telemetry, TopicKind.Event);

    /// <summary>Waits until its properties meet a condition; at once where they do.</summary>
    /// <param name="condition">The condition. A property that is not there, or of another kind, does not meet it.</param>
    /// <param name="within">How long; null: the lab's patience.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="LabException">They did not; it says what they were.</exception>
    public async Task<ValueMap> StateAsync(Func<ValueMap, bool> condition, TimeSpan? within = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var patience = within ?? _patience;
        var met = _observer.States.WhenAsync(_id, condition);
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
            _observer.States.Forget(met);
        }
    }

    private List<LabMessage> Of(params ReadOnlySpan<TopicKind> kinds)
    {
        var found = new List<LabMessage>();
        foreach (var message in _observer.Log.Messages)
        {
            if (_topics.TryParse(message.Topic, out var address) && address.Device == _id && kinds.Contains(address.Kind))
            {
                found.Add(message);
            }
        }

        return found;
    }
}
