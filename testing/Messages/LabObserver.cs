using System.Text;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Links;
using IotMqtt.Testing.States;

namespace IotMqtt.Testing.Messages;

/// <summary>The lab's own connection: it sees what crosses the broker, and publishes what a test says.</summary>
internal sealed class LabObserver : ILinkHandler, IAsyncDisposable
{
    private static readonly TimeSpan CatchingUp = TimeSpan.FromSeconds(10);

    private readonly MqttLink _link;
    private readonly Topics _topics;
    private readonly string _marker;
    private readonly long _began;
    private readonly Lock _gate = new();
    private readonly Dictionary<long, TaskCompletionSource> _markers = [];
    private readonly HashSet<string> _kept = [];
    private long _marked;

    /// <summary>Makes it; it sees from <see cref="ConnectAsync"/> on.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="filters">What it looks at.</param>
    /// <param name="topics">The lab's own topics, which it looks at in any case.</param>
    /// <param name="options">The lab's.</param>
    public LabObserver(BrokerUrl broker, IEnumerable<string> filters, Topics topics, IotLabOptions options)
    {
        _topics = topics;
        _marker = $"{topics.Root}/lab/{Guid.NewGuid():n}";
        _began = TimeProvider.System.GetTimestamp();
        Log = new MessageLog(options.MaxMessages, options.Output);
        Talk = new DeviceTalk(() => Now, options.MaxMessages, options.Output);
        _link = new MqttLink(
            new MqttLinkOptions { Url = broker, ClientId = $"lab-{Guid.NewGuid():n}", Tls = options.Tls, ReadAhead = 8192 },
            this,
            new LinkEnvironment(TimeProvider.System, options.LoggerFactory),
            [.. filters.Select(filter => new Subscription(filter))]);
    }

    /// <summary>Everything that it saw.</summary>
    public MessageLog Log { get; }

    /// <summary>What devices said and heard on topics of their own.</summary>
    public DeviceTalk Talk { get; }

    /// <summary>The lab's own topics.</summary>
    public Topics Topics => _topics;

    /// <summary>What the devices said of themselves.</summary>
    public DeviceStates States { get; } = new();

    /// <summary>Since the lab started.</summary>
    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_began);

    /// <exception cref="MqttLinkException">The broker cannot be reached, or refuses.</exception>
    public Task ConnectAsync(CancellationToken cancellationToken) => _link.ConnectAsync(cancellationToken);

    /// <exception cref="LabException">The broker did not take it.</exception>
    public async Task PublishAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var result = await _link.PublishAsync(message, cancellationToken).ConfigureAwait(false);
        if (result.Outcome is not (PublishOutcome.Taken or PublishOutcome.NoSubscribers))
        {
            throw new LabException($"The message to {message.Topic} was not published: {result.Outcome}.");
        }
    }

    /// <summary>Ends when everything has been seen that the broker took before now.</summary>
    /// <exception cref="LabException">The broker does not answer.</exception>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _marked);
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _markers[number] = seen;
        }

        try
        {
            await PublishAsync(new OutgoingMessage { Topic = _marker, Payload = Encoding.UTF8.GetBytes($"{number}") }, cancellationToken).ConfigureAwait(false);
            await seen.Task.WaitAsync(CatchingUp, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new LabException($"The broker did not give back within {CatchingUp.TotalSeconds:0} s what the lab published: it may be overloaded, or the lab may not subscribe to {_topics.Root}/#.");
        }
        finally
        {
            lock (_gate)
            {
                _markers.Remove(number);
            }
        }
    }

    /// <summary>Clears what the devices of the lab have left retained.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        string[] kept;
        lock (_gate)
        {
            kept = [.. _kept];
        }

        await Task.WhenAll(kept.Select(topic => PublishAsync(new OutgoingMessage { Topic = topic, Retain = true }, cancellationToken))).ConfigureAwait(false);
    }

    void ILinkHandler.OnMessage(MqttLink link, IncomingMessage message)
    {
        if (message.Topic == _marker)
        {
            Marked(Encoding.UTF8.GetString(message.Payload.Span));
            return;
        }

        if (_topics.TryParse(message.Topic, out var address))
        {
            Note(message, address);
        }

        Log.Add(new LabMessage
        {
            At = TimeProvider.System.GetElapsedTime(_began, message.ReceivedTimestamp),
            Topic = message.Topic,
            Payload = message.Payload,
            QualityOfService = message.QualityOfService,
            Retained = message.Retained,
            ResponseTopic = message.ResponseTopic,
            CorrelationData = message.CorrelationData,
            ContentType = message.ContentType,
            UserProperties = message.UserProperties,
        });
    }

    void ILinkHandler.OnStatus(MqttLink link, LinkStatus status)
    {
    }

    public ValueTask DisposeAsync() => _link.DisposeAsync();

    private void Note(IncomingMessage message, TopicAddress address)
    {
        if (address.Kind is TopicKind.Meta or TopicKind.Status or TopicKind.State or TopicKind.Model)
        {
            lock (_gate)
            {
                _ = message.Payload.IsEmpty ? _kept.Remove(message.Topic) : _kept.Add(message.Topic);
            }
        }

        States.Note(address, message.Payload);
    }

    private void Marked(string number)
    {
        lock (_gate)
        {
            if (long.TryParse(number, out var known) && _markers.TryGetValue(known, out var seen))
            {
                seen.TrySetResult();
            }
        }
    }
}
