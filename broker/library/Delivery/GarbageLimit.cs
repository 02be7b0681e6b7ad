namespace IotMqtt.Broker.Delivery;

/// <summary>
/// Keeps what is garbage in proportion to what is kept. The collector lets garbage grow with the heap, by hundreds of MiB where large messages
/// wait and are dropped: then the bounds on bytes would be bounds on half of what the process takes. So where much is kept, it is collected after
/// every so many bytes of messages. Where little is kept, the collector is left alone.
/// </summary>
/// <param name="kept">Bytes that wait or are retained now.</param>
/// <param name="collect">Collects; the collector but for tests.</param>
internal sealed class GarbageLimit(Func<long> kept, Action? collect = null)
{
    /// <summary>Less than that is not worth a collection.</summary>
    public const long Least = 32L * 1024 * 1024;

    private readonly Action _collect = collect ?? (static () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true));
    private long _since;
    private int _isCollecting;

    /// <summary>A message has come.</summary>
    public void OnReceived(long bytes)
    {
        if (Interlocked.Add(ref _since, bytes) < Least)
        {
            return;
        }

        var now = kept();
        if (now < Least || Interlocked.Read(ref _since) < now / 8 || Interlocked.Exchange(ref _isCollecting, 1) != 0)
        {
            return;
        }

        Interlocked.Exchange(ref _since, 0);
        ThreadPool.UnsafeQueueUserWorkItem(static limit => limit.Collect(), this, preferLocal: false);
    }

    private void Collect()
    {
        try
        {
            _collect();
        }
        finally
        {
            Interlocked.Exchange(ref _isCollecting, 0);
        }
    }
}
