using IotMqtt.Broker.Connections;
using IotMqtt.Broker.Subscriptions;
using IotMqtt.Broker.Wills;
using MQTTnet.Server;

namespace IotMqtt.Broker.Sessions;

/// <summary>Which session a client id has, who holds it, and when it ends. MQTTnet keeps the queues of the same sessions.</summary>
internal sealed class SessionRegistry(
    Func<string, Task<MqttSessionStatus>> queueOf, SubscriptionTable table, WillKeeper wills, ClientGates gates, Clock clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, BrokerSession> _sessions = new(StringComparer.Ordinal);
    private readonly HashSet<BrokerSession> _away = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _sessions.Count;
            }
        }
    }

    public bool Knows(string clientId)
    {
        lock (_lock)
        {
            return _sessions.ContainsKey(clientId);
        }
    }

    public bool IsConnected(string clientId)
    {
        lock (_lock)
        {
            return _sessions.TryGetValue(clientId, out var session) && session.IsConnected;
        }
    }

    /// <summary>Whether the session that this client id had ends with its connection or has ended, so that none can be resumed.</summary>
    public bool HasEnded(string clientId)
    {
        lock (_lock)
        {
            return _sessions.TryGetValue(clientId, out var session)
                && (session.EndsAt <= clock.Now || session.Connection is { Client.SessionExpiry.Ticks: 0 });
        }
    }

    /// <summary>
    /// A connection is about to be accepted. What the session or connection before it still owes, its will, is given first: a
    /// device that comes back says "online" after its will has said "offline".
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="clientId">Whose it is.</param>
    /// <param name="quota">How many messages of QoS 1 and 2 may be on their way to it.</param>
    /// <param name="isResumed">Whether it takes up a session that was there.</param>
    public async Task<BrokerSession> AttachAsync(Connection connection, string clientId, int quota, bool isResumed)
    {
        var queue = await queueOf(clientId);
        var session = (BrokerSession)queue.Items[BrokerSession.Key]!;
        BrokerSession? before;
        Connection? previous;
        lock (_lock)
        {
            _sessions.TryGetValue(clientId, out before);
            previous = before?.Connection;
            _sessions[clientId] = session;
            session.EndsAt = null;
            _away.Remove(session);
            session.Attach(connection, queue, quota);
        }

        if (before is not null && before != session)
        {
            Forget(before);
        }

        previous?.Settle();
        wills.OnBack(clientId, isResumed);
        return session;
    }

    public void OnGone(Connection connection, BrokerSession session, TimeSpan expiry, Will? will)
    {
        lock (_lock)
        {
            if (session.Detach(connection) && _sessions.TryGetValue(session.ClientId, out var current) && current == session)
            {
                session.AwaySince = clock.Now;
                session.EndsAt = clock.Now + (long)expiry.TotalMilliseconds;
                _away.Add(session);
            }
        }

        if (will is not null)
        {
            wills.OnGone(will, expiry);
        }
    }

    /// <summary>Deletes a session that cannot be resumed, before MQTTnet resumes it. What its connection still owes is given first.</summary>
    public async Task EndAsync(string clientId)
    {
        BrokerSession? session;
        lock (_lock)
        {
            _sessions.TryGetValue(clientId, out session);
        }

        if (session is null || !HasEnded(clientId))
        {
            return;
        }

        session.Connection?.Close(MQTTnet.Protocol.MqttDisconnectReasonCode.SessionTakenOver);
        session.Connection?.Settle();
        await session.DeleteAsync();
    }

    /// <summary>
    /// Ends the session of a stranger whose client is away, to make room for another: the one that is away for the longest, of the address that
    /// has the most of them.
    /// </summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> MakeRoomAsync()
    {
        List<BrokerSession> candidates;
        lock (_lock)
        {
            candidates = _away.Where(session => session.IsStranger).GroupBy(session => session.Address).MaxBy(group => group.Count())?
                .OrderBy(session => session.AwaySince).Take(16).ToList() ?? [];
        }

        foreach (var session in candidates)
        {
            // The newcomer has a gate already: whoever waited for another could wait for ever.
            if (gates.TryEnter(session.ClientId) is { } gate)
            {
                try
                {
                    if (!session.IsConnected)
                    {
                        await session.DeleteAsync();
                        return true;
                    }
                }
                finally
                {
                    gate.Release();
                }
            }
        }

        return false;
    }

    /// <summary>MQTTnet has deleted a session.</summary>
    public void OnDeleted(BrokerSession session)
    {
        lock (_lock)
        {
            if (_sessions.TryGetValue(session.ClientId, out var current) && current == session)
            {
                _sessions.Remove(session.ClientId);
            }
        }

        Forget(session);
    }

    /// <summary>Deletes the sessions whose time has passed.</summary>
    public async Task ExpireAsync(CancellationToken cancellationToken)
    {
        List<BrokerSession> due;
        lock (_lock)
        {
            due = [.. _away.Where(session => session.EndsAt <= clock.Now)];
        }

        foreach (var session in due)
        {
            var gate = await gates.EnterAsync(session.ClientId, cancellationToken);
            try
            {
                if (!session.IsConnected)
                {
                    await session.DeleteAsync();
                }
            }
            finally
            {
                gate.Release();
            }
        }
    }

    private void Forget(BrokerSession session)
    {
        lock (_lock)
        {
            _away.Remove(session);
        }

        table.Close(session);
        session.Outbox.Clear();
    }
}
