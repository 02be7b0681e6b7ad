using System.Collections.Concurrent;

namespace IotMqtt.Broker.Connections;

/// <summary>The open connections, accepted or not yet.</summary>
internal sealed class ConnectionSet
{
    private readonly ConcurrentDictionary<Connection, TaskCompletionSource> _open = new();
    private int _count;
    private int _admitted;

    public int Count => Volatile.Read(ref _count);

    public IEnumerable<Connection> Open => _open.Select(entry => entry.Key);

    /// <summary>Counts a connection whose CONNECT is fine; one that takes the place of another counts as well.</summary>
    /// <returns><see langword="false"/> if there are as many already; then it is not counted.</returns>
    public bool TryAdmit(Connection connection, int max, bool isReplacing)
    {
        if (Interlocked.Increment(ref _admitted) > max && !isReplacing)
        {
            Interlocked.Decrement(ref _admitted);
            return false;
        }

        connection.IsAdmitted = true;
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
            Interlocked.Add(ref _admitted, connection.IsAdmitted ? -1 : 0);
            ended.SetResult();
        }
    }

    /// <summary>Completes when all that are open now have ended.</summary>
    public Task WhenEmptyAsync() => Task.WhenAll(_open.Values.Select(ended => ended.Task));
}
