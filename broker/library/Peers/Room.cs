namespace IotMqtt.Broker.Peers;

/// <summary>
/// The connections of all listeners and the room there is for them. Where there is none, nobody is accepted: who comes waits in the
/// system's backlog, and whoever has said nothing for the longest makes room. HTTP connections that are no WebSocket have
/// some room of their own, so that neither takes the other's.
/// </summary>
internal sealed partial class Room(RoomPlan plan, Clock clock, ILogger<Room> logger)
{
    /// <summary>How long a peer may be silent, also where there is no room.</summary>
    private const long Grace = 2_000;

    /// <summary>What comes and goes is said no oftener than that.</summary>
    private const long Repeat = 60_000;

    /// <summary>How often it is looked again, whoever leaves or not: files are opened and closed by others, too.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly LinkedList<PeerConnection> _strangers = [];
    private readonly LinkedList<PeerConnection> _guests = [];
    private TaskCompletionSource? _left;
    private int _peers;
    private int _guestCount;
    private bool _isFull;
    private int _fullAt;
    private long? _saidAt;

    /// <summary>Connections that are or may become those of MQTT clients.</summary>
    public int Peers => Volatile.Read(ref _peers);

    /// <summary>HTTP connections that are no WebSocket.</summary>
    public int Guests => Volatile.Read(ref _guestCount);

    /// <summary>Returns when there is room for one more peer or guest.</summary>
    public async ValueTask WaitAsync(bool isGuest, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (isGuest ? HasRoomForGuest(out var idle) : HasRoomForPeer(out idle))
            {
                return;
            }

            idle?.Abort();
            await PauseAsync(cancellationToken);
        }
    }

    /// <summary>The system gave no socket for a connection. Returns when it may be asked again.</summary>
    public Task OnOutOfFilesAsync(string why, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (BeginsToBeFull())
            {
                LogOutOfFiles(_peers + _guestCount, why);
            }
        }

        return PauseAsync(cancellationToken);
    }

    public void Enter(PeerConnection connection)
    {
        lock (_lock)
        {
            connection.ArrivedAt = clock.Now;
            connection.Place = new LinkedListNode<PeerConnection>(connection);
            (connection.IsGuest ? _guests : _strangers).AddLast(connection.Place);
            _guestCount += connection.IsGuest ? 1 : 0;
            _peers += connection.IsGuest ? 0 : 1;
        }
    }

    /// <summary>A guest wants to be a peer, over WebSocket.</summary>
    /// <returns>Whether there is room.</returns>
    public bool TryPromote(PeerConnection guest)
    {
        lock (_lock)
        {
            if (_peers >= plan.Peers || guest.Place is null)
            {
                return false;
            }

            _guests.Remove(guest.Place);
            _strangers.AddLast(guest.Place);
            guest.IsGuest = false;
            _guestCount--;
            _peers++;
            return true;
        }
    }

    /// <summary>The peer is known: its CONNECT was accepted.</summary>
    public void Admit(PeerConnection peer)
    {
        lock (_lock)
        {
            Forget(peer);
        }
    }

    public void Leave(PeerConnection connection)
    {
        TaskCompletionSource? left;
        lock (_lock)
        {
            Forget(connection);
            _guestCount -= connection.IsGuest ? 1 : 0;
            _peers -= connection.IsGuest ? 0 : 1;
            (left, _left) = (_left, null);
            if (_isFull && _peers < _fullAt - _fullAt / 16)
            {
                _isFull = false;
                LogRoom(_peers);
            }
        }

        left?.TrySetResult();
    }

    private bool HasRoomForGuest(out PeerConnection? idle)
    {
        lock (_lock)
        {
            // A health check takes no time: who is the oldest of so many is no health check.
            idle = _guestCount < plan.Guests ? null : _guests.First?.Value;
            Forget(idle);
            return _guestCount < plan.Guests;
        }
    }

    private bool HasRoomForPeer(out PeerConnection? silent)
    {
        lock (_lock)
        {
            silent = null;
            if (_peers < plan.Peers)
            {
                return true;
            }

            if (BeginsToBeFull())
            {
                LogFull(_peers, plan.FileLimit is { } files ? $"are all that {files} open files allow" : "are all that may be open");
            }

            silent = _strangers.First?.Value is { } oldest && clock.Now - oldest.ArrivedAt >= Grace ? oldest : null;
            Forget(silent);
            return false;
        }
    }

    /// <summary>Whoever leaves is replaced at once where many wait: it is over, and may begin anew, when there is room to speak of.</summary>
    /// <returns>Whether to say so.</returns>
    private bool BeginsToBeFull()
    {
        if (_isFull)
        {
            return false;
        }

        var isNews = _saidAt is not { } at || clock.Now - at >= Repeat;
        (_isFull, _fullAt, _saidAt) = (true, _peers, isNews ? clock.Now : _saidAt);
        return isNews;
    }

    private Task PauseAsync(CancellationToken cancellationToken)
    {
        Task left;
        lock (_lock)
        {
            left = (_left ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        return WaitAsync(left, cancellationToken);

        static async Task WaitAsync(Task left, CancellationToken cancellationToken)
        {
            await left.WaitAsync(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Takes it off the list of those who may have to go. It still takes its room until its socket is closed.</summary>
    private static void Forget(PeerConnection? connection)
    {
        if (connection?.Place is { } place)
        {
            place.List?.Remove(place);
            connection.Place = null;
        }
    }

    [LoggerMessage(1004, LogLevel.Warning, "no more connections: {Count} {Limit}; new ones wait until some leave")]
    private partial void LogFull(int count, string limit);

    [LoggerMessage(1005, LogLevel.Warning, "no more connections beyond {Count}: the system gives none ({Why}); it is tried again")]
    private partial void LogOutOfFiles(int count, string why);

    [LoggerMessage(1006, LogLevel.Information, "takes new connections again; {Count} are open")]
    private partial void LogRoom(int count);
}
