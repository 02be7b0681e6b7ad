namespace IotMqtt.Protocol.Links;

/// <summary>
/// A client's link to a broker (MQTT 5, Clean Start, Session Expiry 0 unless the options say otherwise): connects, connects again by itself and subscribes
/// again, publishes through a window, and hands what it receives to one handler. Safe for use by many threads.
/// </summary>
internal sealed partial class MqttLink : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly ILinkHandler _handler;
    private readonly CancellationTokenSource _life = new();
    private readonly Dictionary<string, Subscription> _subscriptions;
    private Connection? _connection;
    private bool _isUp;
    private bool _isRetired;
    private int _attempts;
    private int _broker;
    private long _connectedAt;

    /// <summary>Makes a link; it connects with <see cref="ConnectAsync"/> or <see cref="Start"/>.</summary>
    /// <param name="options">Where it goes and as whom.</param>
    /// <param name="handler">Who gets its messages and changes of status.</param>
    /// <param name="environment">What it shares with other links.</param>
    /// <param name="subscriptions">What to subscribe to as part of connecting.</param>
    public MqttLink(MqttLinkOptions options, ILinkHandler handler, LinkEnvironment environment, params IReadOnlyList<Subscription> subscriptions)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(subscriptions);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Window, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ReadAhead, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.KeepAlive, TimeSpan.FromSeconds(1));
        Options = options;
        Environment = environment;
        _handler = handler;
        _subscriptions = subscriptions.ToDictionary(subscription => subscription.Filter);
    }

    /// <summary>Where it goes and as whom.</summary>
    public MqttLinkOptions Options { get; }

    /// <summary>Which of its addresses it uses now, or tries next.</summary>
    public BrokerUrl Url => (uint)Volatile.Read(ref _broker) % (uint)(Options.Alternatives.Count + 1) is > 0 and var at
        ? Options.Alternatives[(int)at - 1]
        : Options.Url;

    /// <summary>Where it is in its life.</summary>
    public LinkStatus Status
    {
        get
        {
            lock (_gate)
            {
                return _status;
            }
        }
    }

    /// <summary>Whether the broker names, in each message, the subscriptions that have an <see cref="Subscription.Identifier"/>.</summary>
    public bool NamesSubscriptions => Current()?.NamesSubscriptions ?? false;

    internal LinkEnvironment Environment { get; }

    /// <summary>
    /// Connects and subscribes, in one attempt. Afterwards the link stays connected by itself. If it fails, it may be called again.
    /// </summary>
    /// <exception cref="MqttLinkException">It could not; <see cref="MqttLinkException.Kind"/> says who can remedy that.</exception>
    /// <exception cref="InvalidOperationException">The link has been connected or closed before.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        Begin(new LinkStatus(LinkState.Connecting));
        LinkFailure? failure;
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _life.Token);
            failure = await TryConnectAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Become(new LinkStatus(LinkState.Created));
            throw;
        }

        if (failure is not null)
        {
            Become(new LinkStatus(LinkState.Created, failure));
            throw new MqttLinkException(failure);
        }
    }

    /// <summary>
    /// Begins to connect and returns. The link tries until it is connected, or refused in a way that trying again does not mend;
    /// its handler is told.
    /// </summary>
    /// <exception cref="InvalidOperationException">The link has been connected or closed before.</exception>
    public void Start()
    {
        Begin(new LinkStatus(LinkState.Reconnecting));
        _ = ReconnectAsync(at: 0);
    }

    /// <summary>
    /// Says goodbye and ends the link for good; the broker does not publish its will. What is queued is not sent: await what
    /// must arrive before.
    /// </summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        Become(new LinkStatus(LinkState.Closed));

        // First: whoever is connecting now either sees this, or has left its connection to be closed below.
        await _life.CancelAsync().ConfigureAwait(false);
        Connection? connection;
        lock (_gate)
        {
            connection = _connection;
            _connection = null;
            _isUp = false;
        }

        if (connection is not null)
        {
            await connection.CloseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Cuts the connection without a goodbye, as a broken network would: the broker publishes the will, and the link connects again.</summary>
    public void Cut()
    {
        Connection? connection;
        lock (_gate)
        {
            connection = _connection;
        }

        if (connection is not null)
        {
            connection.Dispose();
            Lost(connection, new LinkFailure(LinkFailureKind.ConnectionLost, $"The connection to {connection.Url} was cut."));
        }
    }

    /// <summary>From now on a connection that is lost is not made again: the link is then closed. One that stands goes on.</summary>
    public void Retire()
    {
        bool isUp;
        lock (_gate)
        {
            _isRetired = true;
            isUp = _isUp;
        }

        if (!isUp)
        {
            Abandon();
        }
    }

    /// <summary>Ends the link for good without a goodbye: the broker publishes the will of a connection that stood. Never throws, never waits.</summary>
    public void Abandon()
    {
        Become(new LinkStatus(LinkState.Closed));
        _life.Cancel();
        Connection? connection;
        lock (_gate)
        {
            connection = _connection;
            _connection = null;
            _isUp = false;
        }

        connection?.Dispose();
    }

    /// <summary>As <see cref="CloseAsync"/>.</summary>
    public async ValueTask DisposeAsync() => await CloseAsync(CancellationToken.None).ConfigureAwait(false);
}
