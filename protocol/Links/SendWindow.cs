namespace IotMqtt.Protocol.Links;

/// <summary>
/// Bounds how many publishes of a connection are unanswered, and keeps their order. Who posts into a window with room sends on
/// its own thread; no lock is held meanwhile. The queue is made when the window is full for the first time.
/// </summary>
internal sealed class SendWindow(int limit, int queueLimit, IWindowTransport transport, TimeProvider time)
{
    private readonly Lock _gate = new();
    private Queue<PendingPublish>? _waiting;
    private int _inFlight;
    private bool _sending;
    private bool _closed;
    private long _progressed;

    /// <summary>For how long publishes have been unanswered without any of them being answered; zero if there are none.</summary>
    public TimeSpan Stalled
    {
        get
        {
            lock (_gate)
            {
                return _inFlight == 0 ? TimeSpan.Zero : time.GetElapsedTime(_progressed);
            }
        }
    }

    public void Post(in PendingPublish publish)
    {
        if (TryEnter(publish, out var isQueued))
        {
            Send(publish);
        }
        else if (!isQueued)
        {
            transport.NotSent(publish);
        }
    }

    /// <summary>A publish has been answered: its slot is free for the next that waits.</summary>
    public void Release()
    {
        PendingPublish next;
        lock (_gate)
        {
            _inFlight--;
            _progressed = time.GetTimestamp();
            if (_sending || !TryTake(out next))
            {
                return;
            }

            _sending = true;
        }

        Send(next);
    }

    /// <summary>The connection is gone: what waits, and what comes, is not sent.</summary>
    public void Close()
    {
        Queue<PendingPublish>? waiting;
        lock (_gate)
        {
            _closed = true;
            waiting = _waiting;
            _waiting = null;
        }

        while (waiting is not null && waiting.TryDequeue(out var publish))
        {
            transport.NotSent(publish);
        }
    }

    // One thread at a time, or the order would be lost: it sends what others have posted meanwhile, too.
    private void Send(PendingPublish publish)
    {
        while (true)
        {
            var sent = transport.Transmit(publish);
            lock (_gate)
            {
                if (!sent)
                {
                    _inFlight--;
                }

                if (!TryTake(out publish))
                {
                    _sending = false;
                    return;
                }
            }
        }
    }

    private bool TryTake(out PendingPublish publish)
    {
        publish = default;
        if (_inFlight >= limit || _waiting is null || !_waiting.TryDequeue(out publish))
        {
            return false;
        }

        _inFlight++;
        return true;
    }

    // True: the caller has a slot and sends. Otherwise the publish is queued, or there is no room for it.
    private bool TryEnter(in PendingPublish publish, out bool isQueued)
    {
        lock (_gate)
        {
            isQueued = false;
            if (_closed)
            {
                return false;
            }

            if (!_sending && _inFlight < limit)
            {
                if (_inFlight++ == 0)
                {
                    _progressed = time.GetTimestamp();
                }

                _sending = true;
                return true;
            }

            if ((_waiting?.Count ?? 0) < queueLimit)
            {
                (_waiting ??= new Queue<PendingPublish>()).Enqueue(publish);
                isQueued = true;
            }

            return false;
        }
    }
}
