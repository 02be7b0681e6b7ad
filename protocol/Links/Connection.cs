using IotMqtt.Protocol.Addressing;
using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Channel;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Implementations;

namespace IotMqtt.Protocol.Links;

/// <summary>One connection of a link, from its CONNECT to its end. A reconnect makes a new one, so nothing of an old one can leak into it.</summary>
internal sealed partial class Connection : IWindowTransport, IMqttClientAdapterFactory, IDisposable
{
    /// <summary>The reason code of a filter that is none.</summary>
    public const byte TopicFilterInvalid = 0x8F;

    // A packet that any broker takes, and no loop of a broker is held up by.
    private const int FiltersPerSubscribe = 256;

    private readonly MqttLink _link;
    private readonly MqttClient _client;

    // The library waits for ever on a packet that was awaited just after a connection broke; this ends it.
    private readonly CancellationTokenSource _alive = new();
    private SendWindow _window;
    private long _maxPacketSize = long.MaxValue;
    private LinkAdapter? _adapter;
    private BufferedChannel? _channel;
    private TimeSpan _keepAlive;
    private long _pingedAt;
    private int _ended;

    public Connection(MqttLink link, BrokerUrl url)
    {
        _link = link;
        Url = url;
        _window = new SendWindow(link.Options.Window, link.Options.QueueLimit, this, link.Environment.Time);
        _client = new MqttClient(this, MqttNetNullLogger.Instance);
        _client.DisconnectedAsync += OnDisconnected;
        _client.ApplicationMessageReceivedAsync += OnExactlyOnce;
    }

    /// <summary>Where it goes.</summary>
    public BrokerUrl Url { get; }

    /// <summary>Whether it has ended, by whatever cause.</summary>
    public bool HasEnded => Volatile.Read(ref _ended) != 0;

    /// <summary>Whether the broker names the subscriptions because of which it delivers a message.</summary>
    public bool NamesSubscriptions { get; private set; }

    /// <summary>Connects. Returns why not, and null if it did.</summary>
    public async Task<LinkFailure?> OpenAsync(CancellationToken cancellationToken)
    {
        var options = _link.Options;
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, _link.Environment.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var result = await _client.ConnectAsync(ClientOptions.Create(options, Url), either.Token).ConfigureAwait(false);
            if (result.ResultCode != MqttClientConnectResultCode.Success)
            {
                return ConnectFailures.From(result, Url);
            }

            _maxPacketSize = result.MaximumPacketSize is > 0 and { } largest ? largest : long.MaxValue;
            var limit = Math.Min(options.Window, result.ReceiveMaximum is > 0 and { } most ? most : ushort.MaxValue);
            _window = new SendWindow(limit, options.QueueLimit, this, _link.Environment.Time);
            NamesSubscriptions = result.SubscriptionIdentifiersAvailable;
            KeepAlive();
            return _client.IsConnected ? null : new LinkFailure(LinkFailureKind.ConnectionLost, $"The connection to {Url} broke at once.");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return timeout.IsCancellationRequested
                ? ConnectFailures.TimedOut(Url, options.ConnectTimeout)
                : ConnectFailures.From(exception, Url, wasAnswered: _channel is { HasRead: true });
        }
        catch (Exception exception)
        {
            throw new OperationCanceledException("Connecting was cancelled.", exception, cancellationToken);
        }
    }

    public async Task<IReadOnlyList<SubscribeResult>> SubscribeAsync(IReadOnlyList<Subscription> subscriptions, CancellationToken cancellationToken)
    {
        // A broker would end the connection over it, again and again.
        if (subscriptions.FirstOrDefault(subscription => !TopicFilter.IsValid(subscription.Filter)) is { } wrong)
        {
            return [Refused(wrong.Filter, TopicFilterInvalid, "that is no topic filter")];
        }

        // A SUBSCRIBE names all its subscriptions alike.
        var granted = new List<SubscribeResult>(subscriptions.Count);
        foreach (var (alike, identifier) in subscriptions
            .GroupBy(subscription => NamesSubscriptions ? subscription.Identifier : 0)
            .SelectMany(alike => alike.Chunk(FiltersPerSubscribe).Select(some => (some, alike.Key))))
        {
            var request = new MqttClientSubscribeOptions { TopicFilters = [.. alike.Select(MqttConversion.ToMqtt)], SubscriptionIdentifier = identifier };
            var results = await RequestAsync(token => _client.SubscribeAsync(request, token), cancellationToken).ConfigureAwait(false);
            granted.AddRange(results is null
                ? alike.Select(subscription => Refused(subscription.Filter, 0, "the connection broke"))
                : results.Items.Select(item => Result(item.TopicFilter.Topic, (byte)item.ResultCode)));
        }

        return granted;
    }

    public async Task UnsubscribeAsync(string filter, CancellationToken cancellationToken)
    {
        var request = new MqttClientUnsubscribeOptions { TopicFilters = [filter] };
        await RequestAsync(token => _client.UnsubscribeAsync(request, token), cancellationToken).ConfigureAwait(false);
    }

    public void Post(in PendingPublish publish)
    {
        if (_maxPacketSize != long.MaxValue && MqttConversion.PacketSizeBound(publish.Message) > _maxPacketSize)
        {
            NotSent(publish);
            return;
        }

        _window.Post(publish);
    }

    /// <summary>Says goodbye, so that the broker does not publish the will.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timeout = new CancellationTokenSource(_link.Options.ReplyTimeout, _link.Environment.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MqttCommunicationException or OperationCanceledException or ObjectDisposedException)
        {
            // It is gone already; there is nobody to say goodbye to.
        }

        Dispose();
    }

    /// <summary>Cuts the connection without a goodbye. May be called more than once.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            _window.Close();
            _alive.Cancel();
            _client.Dispose();
        }
    }

    IMqttChannelAdapter IMqttClientAdapterFactory.CreateClientAdapter(
        MqttClientOptions options, MqttPacketInspector packetInspector, IMqttNetLogger logger)
    {
        IMqttChannel channel = options.ChannelOptions is MqttClientWebSocketOptions webSocket
            ? new MqttWebSocketChannel(webSocket)
            : new MqttTcpChannel(options);
        var connector = (options.ChannelOptions as MqttClientTcpOptions)?.StreamProvider as TcpConnector;
        var writer = new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax);
        _channel = new BufferedChannel(channel, _link.Options.ReadAhead, connector);
        var packets = new MqttChannelAdapter(
            _channel, new MqttPacketFormatterAdapter(options.ProtocolVersion, writer), logger)
        {
            AllowPacketFragmentation = options.AllowPacketFragmentation,
        };
        return _adapter = new LinkAdapter(packets, this, _link.Environment.Time);
    }

    /// <summary>A message came.</summary>
    public void Received(IncomingMessage message) => _link.Received(message);

    /// <summary>A PUBACK of ours did not go out.</summary>
    public void OnAcknowledgingFailed(Exception exception) => _link.OnAcknowledgingFailed(exception);

    bool IWindowTransport.Transmit(in PendingPublish publish)
    {
        if (publish.Observer is { } observer && !_link.Granted(observer, publish.Token))
        {
            NotSent(publish);
            return false;
        }

        _ = SendAsync(publish);
        return true;
    }

    public void NotSent(in PendingPublish publish) => _link.Completed(publish, new PublishResult(PublishOutcome.NotSent));

    // Never throws: what the library throws becomes the result, whoever looks at it.
    private async Task SendAsync(PendingPublish publish)
    {
        PublishResult result;
        try
        {
            var answer = await _client.PublishAsync(MqttConversion.ToMqtt(publish.Message), _alive.Token).ConfigureAwait(false);
            result = PublishResult.FromPubAck((byte)answer.ReasonCode);
        }
        catch (Exception exception) when (exception is MqttClientNotConnectedException or MqttProtocolViolationException)
        {
            // No connection, or a topic that is none: nothing was written.
            _link.OnPublishFailed(publish.Message.Topic, exception);
            result = new PublishResult(PublishOutcome.NotSent);
        }
        catch (Exception exception)
        {
            _link.OnPublishFailed(publish.Message.Topic, exception);
            result = new PublishResult(PublishOutcome.Lost);
        }

        _window.Release();
        _link.Completed(publish, result);
    }

    private async Task<T?> RequestAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken)
        where T : class
    {
        using var timeout = new CancellationTokenSource(_link.Options.ReplyTimeout, _link.Environment.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken, _alive.Token);
        try
        {
            return await request(either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is MqttCommunicationException or OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
        catch (MqttCommunicationException exception)
        {
            // The library says "timed out" when it is cancelled.
            throw new OperationCanceledException("The request was cancelled.", exception, cancellationToken);
        }
    }

    // Everything else is taken from the adapter.
    private Task OnExactlyOnce(MqttApplicationMessageReceivedEventArgs args)
    {
        Received(MqttConversion.FromMqtt(args.ApplicationMessage, duplicate: false, _link.Environment.Time.GetTimestamp()));
        return Task.CompletedTask;
    }

    private Task OnDisconnected(MqttClientDisconnectedEventArgs args)
    {
        var failure = DisconnectFailures.From(args, Url, _link.Options.ClientId);
        Dispose();
        _link.Lost(this, failure);
        return Task.CompletedTask;
    }

    private static SubscribeResult Result(string filter, byte code) =>
        code < 0x80 ? new SubscribeResult(true, code, null) : Refused(filter, code, ((MqttClientSubscribeResultCode)code).ToString());

    private static SubscribeResult Refused(string filter, byte code, string why) => new(false, code, $"No subscription to '{filter}': {why}.");
}
