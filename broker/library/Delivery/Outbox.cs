using MQTTnet.Protocol;

namespace IotMqtt.Broker.Delivery;

/// <summary>
/// What a session still has to give its client, whether that is connected or away: messages that wait, bounded in number and bytes, and
/// those of QoS 1 and 2 that are sent and not acknowledged, with their packet identifiers (MQTT 5, sections 4.3, 4.4, 4.9).
/// </summary>
internal sealed partial class Outbox(int maxMessages, long maxBytes)
{
    /// <summary>Looking for what has expired costs as much as there is: not with every message that finds no room.</summary>
    private const long CleanInterval = 1_000;

    private readonly Lock _lock = new();

    // Apart, because QoS 0 passes what waits for acknowledgements; where nothing does, the order of all is kept.
    private Queue<OutgoingMessage>? _guaranteed;
    private Queue<OutgoingMessage>? _unguaranteed;
    private Queue<OutgoingMessage>? _again;
    private Dictionary<ushort, OutgoingMessage>? _inFlight;
    private object? _connection;
    private ushort _lastIdentifier;
    private long _order;
    private long _bytes;
    private long _cleanedAt = -CleanInterval;
    private int _quota;
    private int _holds;
    private bool _isClosed;

    /// <summary>Messages that wait or are not acknowledged.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return CountHeld();
            }
        }
    }

    /// <summary>Bytes that they take.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Whether one more may wait.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_lock)
            {
                return CountWaiting() < maxMessages && _bytes < maxBytes;
            }
        }
    }

    /// <summary>
    /// A connection takes over: what was sent and not acknowledged is sent to it again, first and in its order. Nothing is given out before
    /// <see cref="Release"/>.
    /// </summary>
    /// <param name="connection">Who may take from now on.</param>
    /// <param name="quota">How many messages of QoS 1 and 2 may be unacknowledged on it.</param>
    public void Attach(object connection, int quota)
    {
        lock (_lock)
        {
            (_connection, _quota, _again, _holds) = (connection, quota, null, 1);
            if (_inFlight is { Count: > 0 })
            {
                foreach (var message in _inFlight.Values)
                {
                    message.TakesQuota = false;
                }

                _again = new Queue<OutgoingMessage>(_inFlight.Values.OrderBy(message => message.Order));
            }
        }
    }

    /// <summary>The connection is gone: what has no guarantee goes with it.</summary>
    public void Detach(object connection)
    {
        lock (_lock)
        {
            if (_connection == connection)
            {
                (_connection, _again) = (null, null);
                DropAll(ref _unguaranteed);
            }
        }
    }

    /// <summary>Puts a message at the end.</summary>
    /// <param name="message">The message.</param>
    /// <param name="now">Milliseconds of the broker's clock: what has expired makes room.</param>
    /// <param name="anyway">Beyond the bounds, too: the caller has his own.</param>
    /// <returns><see langword="false"/> if there is no room for it.</returns>
    public bool TryAdd(OutgoingMessage message, long now, bool anyway = false)
    {
        lock (_lock)
        {
            var isGuaranteed = message.QoS != MqttQualityOfServiceLevel.AtMostOnce;
            if (_isClosed || !isGuaranteed && _connection is null)
            {
                return true;
            }

            if (!anyway && !IsRoomFor(message, now) || !message.Shared.TryHold(anyway))
            {
                return false;
            }

            message.Order = ++_order;
            _bytes += message.Shared.Size;
            (isGuaranteed ? _guaranteed ??= new() : _unguaranteed ??= new()).Enqueue(message);
            return true;
        }
    }

    /// <summary>Gives out what is to be sent next; a message of QoS 0 is forgotten with that.</summary>
    public bool TryTake(object connection, long now, out Sending sending)
    {
        lock (_lock)
        {
            sending = default;
            if (_connection != connection || _holds > 0)
            {
                return false;
            }

            while (TryTakeNext(now, out var message, out var isAgain))
            {
                if (message.QoS == MqttQualityOfServiceLevel.AtMostOnce)
                {
                    Drop(message);
                }

                sending = new Sending(message, isAgain);
                return true;
            }

            return false;
        }
    }

    /// <summary>PUBACK.</summary>
    /// <returns>Whether such a message was on its way.</returns>
    public bool Acknowledge(ushort packetIdentifier)
    {
        lock (_lock)
        {
            return Find(packetIdentifier, MqttQualityOfServiceLevel.AtLeastOnce) is { } message && End(message);
        }
    }

    /// <summary>PUBREC.</summary>
    /// <returns>Whether such a message was on its way.</returns>
    public bool Receive(ushort packetIdentifier, bool isRefused)
    {
        lock (_lock)
        {
            if (Find(packetIdentifier, MqttQualityOfServiceLevel.ExactlyOnce) is not { } message)
            {
                return false;
            }

            message.IsReceived = true;
            return !isRefused || End(message);
        }
    }

    /// <summary>PUBCOMP.</summary>
    public bool Complete(ushort packetIdentifier)
    {
        lock (_lock)
        {
            return Find(packetIdentifier, MqttQualityOfServiceLevel.ExactlyOnce) is { IsReceived: true } message && End(message);
        }
    }

    /// <summary>It cannot be sent to this client and counts as sent (MQTT 5, section 3.1.2.11.4).</summary>
    public void Forget(OutgoingMessage message)
    {
        lock (_lock)
        {
            if (message.PacketIdentifier != 0 && _inFlight?.GetValueOrDefault(message.PacketIdentifier) == message)
            {
                End(message);
            }
        }
    }

    /// <summary>Gives out nothing until <see cref="Release"/>: an answer is to go first.</summary>
    public void Hold(object connection) => ChangeHolds(connection, +1);

    public void Release(object connection) => ChangeHolds(connection, -1);

    /// <summary>The session is no more.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            (_connection, _isClosed) = (null, true);
            DropAll(ref _guaranteed);
            DropAll(ref _unguaranteed);
            foreach (var message in _inFlight?.Values ?? Enumerable.Empty<OutgoingMessage>())
            {
                Drop(message);
            }

            (_inFlight, _again) = (null, null);
        }
    }

    private OutgoingMessage? Find(ushort packetIdentifier, MqttQualityOfServiceLevel qos) =>
        _inFlight?.GetValueOrDefault(packetIdentifier) is { } message && message.QoS == qos ? message : null;

    private bool End(OutgoingMessage message)
    {
        _inFlight!.Remove(message.PacketIdentifier);
        _quota += message.TakesQuota ? 1 : 0;
        Drop(message);
        return true;
    }

    private bool IsRoomFor(OutgoingMessage message, long now)
    {
        if (CountWaiting() < maxMessages && _bytes + message.Shared.Size <= maxBytes)
        {
            return true;
        }

        if (now - _cleanedAt >= CleanInterval)
        {
            _cleanedAt = now;
            DropExpired(ref _guaranteed, now);
            DropExpired(ref _unguaranteed, now);
        }

        return CountWaiting() < maxMessages && _bytes + message.Shared.Size <= maxBytes;
    }

    private int CountWaiting() => (_guaranteed?.Count ?? 0) + (_unguaranteed?.Count ?? 0);

    private int CountHeld() => CountWaiting() + (_inFlight?.Count ?? 0);

    private void DropExpired(ref Queue<OutgoingMessage>? queue, long now)
    {
        if (queue is null || queue.All(message => message.Shared.Deadline is null || message.Shared.Deadline > now))
        {
            return;
        }

        var all = queue;
        queue = new Queue<OutgoingMessage>();
        foreach (var message in all)
        {
            if (message.Shared.Deadline <= now)
            {
                Drop(message);
            }
            else
            {
                queue.Enqueue(message);
            }
        }
    }

    private void DropAll(ref Queue<OutgoingMessage>? queue)
    {
        foreach (var message in queue ?? [])
        {
            Drop(message);
        }

        queue = null;
    }

    private void Drop(OutgoingMessage message)
    {
        _bytes -= message.Shared.Size;
        message.Shared.Release();
    }

    private void ChangeHolds(object connection, int by)
    {
        lock (_lock)
        {
            _holds += _connection == connection ? by : 0;
        }
    }
}
