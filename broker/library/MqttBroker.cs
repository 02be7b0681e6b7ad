using System.Net;
using IotMqtt.Broker.Access;
using IotMqtt.Broker.Connections;
using IotMqtt.Broker.Delivery;
using IotMqtt.Broker.Listening;
using IotMqtt.Broker.Peers;
using IotMqtt.Broker.Retained;
using IotMqtt.Broker.Routing;
using IotMqtt.Broker.Sessions;
using IotMqtt.Broker.Subscriptions;
using IotMqtt.Broker.Wills;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IotMqtt.Broker;

/// <summary>An MQTT 5 and 3.1.1 broker in this process. It listens from <see cref="StartAsync(BrokerOptions, ILoggerFactory?, CancellationToken)"/> on.</summary>
public sealed partial class MqttBroker : IAsyncDisposable
{
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(1);

    private readonly BrokerOptions _options;
    private readonly Clock _clock;
    private readonly ILogger<MqttBroker> _logger;
    private readonly ConnectionSet _connections = new();
    private readonly ConnectionHost _host;
    private readonly ClientGates _gates = new();
    private readonly Health _health = new();
    private readonly SubscriptionTable _table = new();
    private readonly AccessControl _access;
    private readonly Drops _drops;
    private readonly MemoryBudget _budget;
    private readonly Router _router;
    private readonly WillKeeper _wills;
    private readonly SessionRegistry _sessions;
    private readonly MqttServer _server;
    private readonly SystemTopics _system;
    private readonly Sweeper _sweeper;
    private Listeners? _listeners;
    private int _isStopped;

    private MqttBroker(BrokerOptions options, AccessRules access, ILoggerFactory loggers, TimeProvider time)
    {
        _options = options;
        _clock = new Clock(time);
        _logger = loggers.CreateLogger<MqttBroker>();
        _host = new ConnectionHost(_connections);
        _drops = new Drops(_clock, loggers.CreateLogger<Drops>());
        _budget = new MemoryBudget(options.MaxQueuedBytesInAll);
        _access = new AccessControl(options, access, loggers.CreateLogger<AccessControl>());
        _router = new Router(_table, new RetainedStore(options.MaxRetainedMessages, options.MaxRetainedBytes), _budget, _access, _clock);
        _wills = new WillKeeper(_router, _clock);
        _server = new MqttServer(ServerOptions(options), [_host], new MqttNetLog(loggers.CreateLogger<MqttNetLog>()));
        _sessions = new SessionRegistry(_server.GetSessionAsync, _table, _wills, _gates, _clock);
        _host.Around = new Surroundings(options, _clock, _router, _sessions, _gates, _drops, _access, loggers.CreateLogger<Connection>());
        _system = new SystemTopics(_router, _connections, _sessions, _table, _drops, _budget, _clock);
        _sweeper = new Sweeper(_connections, _sessions, _wills, _router, _system, _clock, loggers.CreateLogger<Sweeper>());
        _server.ValidatingConnectionAsync += new Admission(options, _sessions, _connections, _drops, _access, new LoginGuard(options, _clock, loggers.CreateLogger<LoginGuard>())).OnConnecting;
        _server.SessionDeletedAsync += deleted =>
        {
            _sessions.OnDeleted((BrokerSession)deleted.SessionItems[BrokerSession.Key]!);
            return Task.CompletedTask;
        };
    }

    /// <summary>
    /// Where clients connect: <c>mqtt://host:port</c>, with the port that was taken where 0 was asked for; without that listener, the next of TLS,
    /// WebSocket and WebSocket with TLS.
    /// </summary>
    public Uri Endpoint => Address("mqtt", ListenerKind.Mqtt) ?? TlsEndpoint ?? WebSocketEndpoint ?? WebSocketTlsEndpoint!;

    /// <summary>Where clients connect with TLS: <c>mqtts://host:port</c>; <see langword="null"/> without TLS.</summary>
    public Uri? TlsEndpoint => Address("mqtts", ListenerKind.Mqtts);

    /// <summary>Where clients connect over WebSocket: <c>ws://host:port/mqtt</c>; <see langword="null"/> where that is off.</summary>
    public Uri? WebSocketEndpoint => Address("ws", ListenerKind.WebSocket, "/mqtt");

    /// <summary>Where clients connect over WebSocket with TLS: <c>wss://host:port/mqtt</c>; <see langword="null"/> where that is off.</summary>
    public Uri? WebSocketTlsEndpoint => Address("wss", ListenerKind.WebSocketTls, "/mqtt");

    /// <summary>The URL that answers 200 while the broker takes connections; <see langword="null"/> without an HTTP port.</summary>
    public Uri? HealthEndpoint => Address("http", ListenerKind.Health, "/health/ready") ?? Address("http", ListenerKind.WebSocket, "/health/ready");

    /// <summary>Connections at this moment, accepted or not yet.</summary>
    public int OpenConnections => _connections.Count;

    /// <summary>Sessions at this moment, of clients that are connected or away.</summary>
    public int Sessions => _sessions.Count;

    /// <summary>Messages that were dropped for a client because too many waited, or it takes none so large.</summary>
    internal long DroppedMessages => _drops.Total;

    /// <summary>Bytes of memory of the messages that wait for clients or are not acknowledged.</summary>
    internal long QueuedBytes => _budget.Used;

    /// <summary>Starts a broker and returns when it listens.</summary>
    /// <param name="options">What to listen on and what to bound.</param>
    /// <param name="loggers">Where to log; <see langword="null"/> is nowhere.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="BrokerException">It cannot listen, or an option cannot be used.</exception>
    public static Task<MqttBroker> StartAsync(BrokerOptions options, ILoggerFactory? loggers = null, CancellationToken cancellationToken = default) =>
        StartAsync(options, loggers, TimeProvider.System, cancellationToken);

    internal static async Task<MqttBroker> StartAsync(
        BrokerOptions options, ILoggerFactory? loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (plan, errors) = await ListenerPlan.MakeAsync(options, cancellationToken);
        if (plan is null)
        {
            throw BrokerException.Of(errors);
        }

        loggers ??= NullLoggerFactory.Instance;
        var broker = new MqttBroker(options, plan.Access, loggers, time);
        try
        {
            await broker.StartAsync(plan, loggers, cancellationToken);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Reads users and access list again, without touching who is connected. Where a file cannot be used all stays as it was, and that is logged.
    /// </summary>
    /// <returns>Whether it was read.</returns>
    public bool ReloadAccess() => _access.Reload();

    /// <summary>
    /// Stops listening, tells MQTT 5 clients that the server shuts down and closes all connections. Takes less than two seconds,
    /// whatever the clients do; cancelling shortens that.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isStopped, 1) != 0)
        {
            return;
        }

        _health.IsReady = false;
        _server.AcceptNewConnections = false;
        foreach (var connection in _connections.Open)
        {
            connection.Close(MqttDisconnectReasonCode.ServerShuttingDown);
        }

        using var deadline = new CancellationTokenSource(StopTime, TimeProvider.System);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        if (_listeners is not null)
        {
            // Kestrel waits for the connections to end, and aborts those that have not when the time is up.
            await _listeners.StopAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        foreach (var connection in _connections.Open)
        {
            connection.Abort();
        }

        await _sweeper.DisposeAsync();
        await _server.StopAsync(new MqttServerStopOptions());
        if (_listeners is not null)
        {
            LogStopped();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        if (_listeners is not null)
        {
            await _listeners.DisposeAsync();
        }
    }

    private async Task StartAsync(ListenerPlan plan, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        await _server.StartAsync();
        var room = PlanRoom(plan);
        _listeners = await Listeners.StartAsync(plan, new Room(room, _clock, loggers.CreateLogger<Room>()), _host, _health, loggers, cancellationToken);
        _system.SayDue();
        _sweeper.Start();
        _health.IsReady = true;
        foreach (var endpoint in new[] { Address("mqtt", ListenerKind.Mqtt), TlsEndpoint, WebSocketEndpoint, WebSocketTlsEndpoint })
        {
            if (endpoint is not null)
            {
                // All addresses are said as such, not as one of them.
                LogListening(_options.Host == "*" ? $"{endpoint.Scheme}://*:{endpoint.Port}{endpoint.AbsolutePath.TrimEnd('/')}" : endpoint.OriginalString);
            }
        }

        SayRoom(room);
        foreach (var doubt in plan.Certificate is { } certificate ? Certificates.Doubts(certificate, _clock.Time.GetUtcNow()) : [])
        {
            LogDoubt(_options.Tls!.Certificate, doubt);
        }
    }

    private RoomPlan PlanRoom(ListenerPlan plan)
    {
        var files = FileLimit.Read();
        return RoomPlan.Make(_options.MaxConnections, plan.HasHttp, files) ?? throw new BrokerException(
            BrokerErrorKind.CannotListen,
            $"This process may open {files!.Value.Limit} files and has opened {files.Value.Open}: that leaves none for clients. Raise the limit (ulimit -n).");
    }

    private void SayRoom(RoomPlan room)
    {
        if (room.Peers < _options.MaxConnections)
        {
            // The default is as many as anybody has: fewer are news only to who asked for a number.
            var level = _options.MaxConnections == new BrokerOptions().MaxConnections ? LogLevel.Information : LogLevel.Warning;
            var needed = room.FilesFor(_options.MaxConnections);
            LogFewFiles(level, room.FileLimit!.Value, room.Peers, _options.MaxConnections, needed);
        }
    }

    private static MqttServerOptions ServerOptions(BrokerOptions options)
    {
        var server = new MqttServerOptions
        {
            EnablePersistentSessions = true,
            DefaultCommunicationTimeout = options.ConnectTimeout + TimeSpan.FromSeconds(5),
        };

        // Ours to watch; MQTTnet's own watch copies the list of all clients each time.
        server.KeepAliveOptions.MonitorInterval = TimeSpan.FromSeconds(10);
        return server;
    }

    private Uri? Address(string scheme, ListenerKind kind, string path = "")
    {
        if (_listeners?.EndPointOf(kind) is not { } endpoint)
        {
            return null;
        }

        var host = endpoint.Address.Equals(IPAddress.Any) || _options.Host == "*" ? "127.0.0.1" : endpoint.Address.Equals(IPAddress.IPv6Any) ? "[::1]" : _options.Host;
        return new Uri($"{scheme}://{(host.Contains(':') && host[0] != '[' ? $"[{host}]" : host)}:{endpoint.Port}{path}");
    }

    [LoggerMessage(1001, LogLevel.Information, "listening on {Endpoint}")]
    private partial void LogListening(string endpoint);

    [LoggerMessage(EventId = 1007, Message = "this process may open {Files} files, which is room for {Peers} connections, not for the {Max} of MaxConnections: raise the limit (ulimit -n {Needed}), or allow fewer")]
    private partial void LogFewFiles(LogLevel level, long files, int peers, int max, long needed);

    [LoggerMessage(1008, LogLevel.Warning, "clients may refuse the certificate '{File}': {Doubt}")]
    private partial void LogDoubt(string file, string doubt);

    [LoggerMessage(1002, LogLevel.Information, "stopped")]
    private partial void LogStopped();
}
