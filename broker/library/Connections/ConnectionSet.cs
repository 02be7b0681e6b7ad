using System.Collections.Concurrent;

namespace IotMqtt.Broker.Connections;

/// <summary>The open connections, accepted or not yet.</summary>
internal sealed class ConnectionSet
{
    private readonly ConcurrentDictionary<Connection, TaskCompletionSource> _open = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public IEnumerable<Connection> Open => _open.Select(entry => entry.Key);

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
            ended.SetResult();
        }
    }

    /// <summary>Completes when all that are open now have ended.</summary>
    public Task WhenEmptyAsync() => Task.WhenAll(_open.Values.Select(ended => ended.Task));
}
