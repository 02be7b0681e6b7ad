namespace IotMqtt.Protocol.Links;

/// <summary>
/// Looks after all connections with one timer instead of a loop each. A connection stands in the slot of the second in which
/// it is due next; a tick touches only those that are due. The timer runs only while there are connections.
/// </summary>
internal sealed class KeepAliveWheel(TimeProvider time)
{
    private const int Slots = 64;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly List<Entry>?[] _slots = new List<Entry>?[Slots];
    private ITimer? _timer;
    private long _now;
    private int _count;

    private readonly record struct Entry(Connection Connection, long DueTick);

    public void Add(Connection connection, int seconds)
    {
        lock (_gate)
        {
            Place(connection, seconds);
            _count++;
            _timer ??= time.CreateTimer(static state => ((KeepAliveWheel)state!).OnTick(), this, Tick, Tick);
        }
    }

    private void OnTick()
    {
        // Outside the lock: a connection that no longer answers is ended here, and its owner told.
        foreach (var entry in TakeDue())
        {
            var seconds = entry.Connection.Check();
            lock (_gate)
            {
                if (seconds > 0)
                {
                    Place(entry.Connection, seconds);
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

    private void Place(Connection connection, int seconds)
    {
        var due = _now + Math.Max(1, seconds);
        (_slots[due % Slots] ??= []).Add(new Entry(connection, due));
    }
}
