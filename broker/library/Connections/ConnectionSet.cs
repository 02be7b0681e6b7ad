using System.Collections.Concurrent;
using System.Net;

namespace IotMqtt.Broker.Connections;

/// <summary>The open connections, accepted or not yet.</summary>
internal sealed class ConnectionSet
{
    private readonly ConcurrentDictionary<Connection, TaskCompletionSource> _open = new();
    private readonly ConcurrentDictionary<IPAddress, int> _byAddress = new();
    private int _count;
    private int _admitted;

    public int Count => Volatile.Read(ref _count);

    public IEnumerable<Connection> Open => _open.Select(entry => entry.Key);

    /// <summary>Counts a connection whose CONNECT is fine; one that takes the place of another counts as well.</summary>
    /// <returns><see langword="false"/> if there are as many already; then it is not counted.</returns>
    public bool TryAdmit(Connection connection, BrokerOptions options, bool isReplacing)
    {
        var max = options.MaxConnections;
        if (options.MaxConnectionsPerAddress > 0 && !isReplacing && Of(connection) is { } address && _byAddress.GetValueOrDefault(address) >= options.MaxConnectionsPerAddress)
        {
            return false;
        }

        if (Interlocked.Increment(ref _admitted) > max && !isReplacing)
        {
            Interlocked.Decrement(ref _admitted);
            return false;
        }

        connection.IsAdmitted = true;
        CountAddress(connection, +1);
        return true;
    }

    public void Add(Connection connection)
    {
        _open[connection] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Increment(ref _count);
    }

    public void Remove(Connection connection)
    {
        if (_open.TryRemove(connection, out var ended))
        {
            Interlocked.Decrement(ref _count);
            if (connection.IsAdmitted)
            {
                Interlocked.Decrement(ref _admitted);
                CountAddress(connection, -1);
            }

            ended.SetResult();
        }
    }

    private void CountAddress(Connection connection, int by)
    {
        if (Of(connection) is { } address && _byAddress.AddOrUpdate(address, by, (_, count) => count + by) == 0)
        {
            _byAddress.TryRemove(new KeyValuePair<IPAddress, int>(address, 0));
        }
    }

    private static IPAddress? Of(Connection connection) => (connection.RemoteEndPoint as IPEndPoint)?.Address;

    /// <summary>Completes when all that are open now have ended.</summary>
    public Task WhenEmptyAsync() => Task.WhenAll(_open.Values.Select(ended => ended.Task));
}
