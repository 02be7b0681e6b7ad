using System.IO.Pipelines;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using IotMqtt.Broker.Peers;
using IotMqtt.Broker.Sessions;
using IotMqtt.Broker.Wire;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Connections;

/// <summary>
/// One network connection, whatever carries it, as MQTTnet.Server sees it. It faces the peer: what is not valid, too large, too
/// much or too late ends here. MQTTnet gets its beginning and its end: it keeps who has which session, and takes sessions over.
/// </summary>
internal sealed partial class Connection : IMqttChannelAdapter
{
    private static readonly TimeSpan FarewellTime = TimeSpan.FromMilliseconds(500);

    private readonly Surroundings _around;
    private readonly ILogger<Connection> _logger;
    private readonly FrameReader _reader;
    private readonly FrameWriter _writer;
    private readonly Peer _peer;
    private readonly long _openedAt;
    private readonly Lock _closing = new();

    private Client? _client;
    private SemaphoreSlim? _gate;
    private Task? _farewell;
    private long _closingSince;
    private volatile bool _isAccepted;
    private int _isSettled;

    public Connection(IDuplexPipe transport, Peer peer, Surroundings around)
    {
        (_around, _logger, _peer) = (around, around.Logger, peer);
        _reader = new FrameReader(transport.Input) { MaxPacketSize = around.Options.MaxPacketSize };
        _writer = new FrameWriter(transport.Output);
        _openedAt = around.Clock.Now;
    }

    public EndPoint? RemoteEndPoint => _peer.Remote;

    public bool IsSecureConnection => _peer.IsSecure;

    public EndPoint? LocalEndPoint => null;

    public X509Certificate2? ClientCertificate => null;

    public long BytesReceived => _reader.BytesRead;

    public long BytesSent => _writer.BytesWritten;

    public MqttPacketFormatterAdapter PacketFormatterAdapter => Codec.Label(_reader.Version);

    /// <summary>What the client said of itself; <see langword="null"/> until its CONNECT is complete.</summary>
    public Client? Client => _client;

    /// <summary>The session, once the connection is accepted.</summary>
    public BrokerSession? Session { get; private set; }

    /// <summary>How long to wait with the CONNACK: of who guesses passwords.</summary>
    public TimeSpan RefusalDelay { get; set; }

    /// <summary>Whether it counts as a client. Owned by the set of connections.</summary>
    public bool IsAdmitted { get; set; }

    private bool IsClosing => Volatile.Read(ref _farewell) is not null;

    public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void ResetStatistics()
    {
    }

    public void Dispose() => _interruption.Dispose();

    /// <summary>MQTTnet is done with the connection: session and will are settled before another of this client id may begin.</summary>
    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        Settle();
        LeaveGate();
        await (Volatile.Read(ref _farewell) ?? Task.CompletedTask);
    }

    /// <summary>Ends the connection, with a DISCONNECT for MQTT 5 clients. Returns at once.</summary>
    public void Close(MqttDisconnectReasonCode reason, string? why = null)
    {
        lock (_closing)
        {
            if (_farewell is not null)
            {
                return;
            }

            _closingSince = _around.Clock.Now;
            Volatile.Write(ref _farewell, SayFarewellAsync(reason, why));
        }

        _reader.Interrupt();
        _writer.Interrupt();
        _answers.End();
    }

    public void Abort() => _peer.Abort();

    /// <summary>Looks at what is due: the CONNECT, a sign of life, the end.</summary>
    public void Check(long now)
    {
        if (Session is { } session)
        {
            _around.Drops.SayDue(session);
        }

        if (IsClosing)
        {
            if (now - Volatile.Read(ref _closingSince) > 2 * FarewellTime.TotalMilliseconds)
            {
                _peer.Abort();
            }
        }
        else if (_client is null)
        {
            if (now - _openedAt > _around.Options.ConnectTimeout.TotalMilliseconds)
            {
                LogNoConnect(RemoteEndPoint);
                _peer.Abort();
            }
        }
        else if (_client.KeepAlive > TimeSpan.Zero && now - Volatile.Read(ref _lastReceived) > 1.5 * _client.KeepAlive.TotalMilliseconds)
        {
            LogSilent(_client.Id, _client.KeepAlive.TotalSeconds);
            Close(MqttDisconnectReasonCode.KeepAliveTimeout);
        }
    }

    /// <summary>Takes the session and gives what the previous connection still owed: once, by whoever comes first.</summary>
    public void Settle()
    {
        if (Interlocked.Exchange(ref _isSettled, 1) == 0 && Session is not null)
        {
            _around.Sessions.OnGone(this, Session, _sessionExpiry, _isGoodbye ? null : _client!.Will);
        }
    }

    /// <summary>Lets another connection of this client id begin or end.</summary>
    public void LeaveGate() => Interlocked.Exchange(ref _gate, null)?.Release();

    private async Task SayFarewellAsync(MqttDisconnectReasonCode reason, string? why)
    {
        // Never before CONNACK (MQTT 5, section 3.14).
        if (!_isAccepted || _reader.Version != MqttProtocolVersion.V500)
        {
            return;
        }

        using var deadline = new CancellationTokenSource(FarewellTime, _around.Clock.Time);
        try
        {
            await WriteFarewellAsync(reason, why, deadline.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or InvalidOperationException)
        {
            // It does not read, or is gone: there is nobody to say it to.
            LogNoFarewell(_client!.Id, reason, exception.Message);
        }
    }

    private async Task WriteFarewellAsync(MqttDisconnectReasonCode reason, string? why, CancellationToken cancellationToken)
    {
        await _writer.EnterAsync(cancellationToken);
        try
        {
            if (_isCutOff)
            {
                return;
            }

            // The words are left out for a client that does not take that much (MQTT 5, section 3.14.2.2.3).
            if (!_writer.TryWrite(_reader.Version, new MqttDisconnectPacket { ReasonCode = reason, ReasonString = why }, _client!.MaxPacketSize))
            {
                _writer.TryWrite(_reader.Version, new MqttDisconnectPacket { ReasonCode = reason }, _client.MaxPacketSize);
            }

            await _writer.FlushAsync(cancellationToken);
        }
        finally
        {
            _writer.Leave();
        }
    }
}
