namespace IotMqtt.Protocol.Links;

/// <summary>
/// Looks after all connections with one timer instead of a loop each. A connection stands in the slot of the tick in which
/// it is due next; a tick touches only those that are due. The timer runs only while there are connections.
/// </summary>
internal sealed class KeepAliveWheel(TimeProvider time)
{
    private const int Slots = 256;

    // Fine enough that the shortest keep-alive, a second, is kept to well within its half.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly List<Entry>?[] _slots = new List<Entry>?[Slots];
    private ITimer? _timer;
    private long _now;
    private int _count;

    private readonly record struct Entry(Connection Connection, long DueTick);

    /// <summary>Looks at a connection for the first time after this long, and then as often as it asks for.</summary>
    public void Add(Connection connection, TimeSpan after)
    {
        lock (_gate)
        {
            Place(connection, after);
            _count++;
            _timer ??= time.CreateTimer(static state => ((KeepAliveWheel)state!).OnTick(), this, Tick, Tick);
        }
    }

    private void OnTick()
    {
        // Outside the lock: a connection that no longer answers is ended here, and its owner told.
        foreach (var entry in TakeDue())
        {
            var after = entry.Connection.Check();
            lock (_gate)
            {
                if (after is { } next)
                {
                    Place(entry.Connection, next);
                }
                else if (--_count == 0)
                {
                    _timer?.Dispose();
                    _timer = null;
                }
            }
        }
    }

    private List<Entry> TakeDue()
    {
        lock (_gate)
        {
            _now++;
            if (_slots[_now % Slots] is not { Count: > 0 } slot)
            {
                return [];
            }

            // A slot also holds what is due a whole turn later.
            var due = slot.FindAll(entry => entry.DueTick <= _now);
            slot.RemoveAll(entry => entry.DueTick <= _now);
            return due;
        }
    }

    private void Place(Connection connection, TimeSpan after)
    {
        var due = _now + Math.Max(1, (long)Math.Ceiling(after / Tick));
        (_slots[due % Slots] ??= []).Add(new Entry(connection, due));
    }
}
