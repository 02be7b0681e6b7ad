namespace IotMqtt.Engine.Running.Machinery;

/// <summary>
/// The timers of a run, earliest first; of two at once, one that is no limit before one that is, then the one that was set first. Pooled:
/// memory by what is set.
/// </summary>
internal sealed class TimerHeap
{
    private Entry[] _entries = new Entry[16];
    private int[] _heap = new int[16];
    private int _count;
    private int _used = 1;
    private int _free;
    private long _sequence;

    /// <summary>When the earliest timer is due; null: none is set.</summary>
    public TimeSpan? Next => _count == 0 ? null : _entries[_heap[0]].Due;

    /// <summary>The number of the timer that was set last.</summary>
    public long Last => _sequence;

    /// <summary>Sets a timer.</summary>
    /// <param name="due">When.</param>
    /// <param name="frame">Whose.</param>
    /// <param name="tag">Which of the frame's.</param>
    /// <param name="isLimit">Whether it bounds something that may end by itself at the very same moment: that goes first.</param>
    /// <returns>Its handle, never 0.</returns>
    public int Set(TimeSpan due, Frame frame, int tag, bool isLimit = false)
    {
        var handle = _free;
        if (handle != 0)
        {
            _free = _entries[handle].Position;
        }
        else
        {
            handle = _used++;
            if (handle == _entries.Length)
            {
                Array.Resize(ref _entries, handle * 2);
            }
        }

        if (_count == _heap.Length)
        {
            Array.Resize(ref _heap, _count * 2);
        }

        _entries[handle] = new Entry { Due = due, Sequence = ++_sequence, Frame = frame, Tag = tag, IsLimit = isLimit };
        Rise(handle, _count++);
        return handle;
    }

    /// <summary>Cancels a timer and forgets the handle; 0 is none.</summary>
    public void Cancel(ref int handle)
    {
        if (handle != 0)
        {
            Remove(handle);
            handle = 0;
        }
    }

    /// <summary>Takes a timer that is due.</summary>
    /// <param name="now">The time.</param>
    /// <param name="last">The number of the last timer that may be taken: what is set meanwhile has its turn later.</param>
    /// <param name="limits">Whether limits may be taken.</param>
    /// <param name="taken">The timer.</param>
    public bool TryTake(TimeSpan now, long last, bool limits, out Taken taken)
    {
        taken = default;
        if (_count == 0)
        {
            return false;
        }

        ref var entry = ref _entries[_heap[0]];
        if (entry.Due > now || entry.Sequence > last || (entry.IsLimit && !limits))
        {
            return false;
        }

        taken = new Taken(entry.Frame!, entry.Tag, entry.IsLimit);
        Remove(_heap[0]);
        return true;
    }

    private void Remove(int handle)
    {
        var position = _entries[handle].Position;
        var last = _heap[--_count];
        if (last != handle)
        {
            Rise(last, position);
            Sink(last, _entries[last].Position);
        }

        _entries[handle] = new Entry { Position = _free };
        _free = handle;
    }

    private void Rise(int handle, int position)
    {
        while (position > 0 && Earlier(handle, _heap[(position - 1) / 2]))
        {
            Place(_heap[(position - 1) / 2], position);
            position = (position - 1) / 2;
        }

        Place(handle, position);
    }

    private void Sink(int handle, int position)
    {
        while (true)
        {
            var child = (2 * position) + 1;
            if (child >= _count)
            {
                break;
            }

            if (child + 1 < _count && Earlier(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!Earlier(_heap[child], handle))
            {
                break;
            }

            Place(_heap[child], position);
            position = child;
        }

        Place(handle, position);
    }

    private bool Earlier(int one, int other)
    {
        ref var left = ref _entries[one];
        ref var right = ref _entries[other];
        return left.Due != right.Due ? left.Due < right.Due
            : left.IsLimit != right.IsLimit ? right.IsLimit
            : left.Sequence < right.Sequence;
    }

    private void Place(int handle, int position)
    {
        _heap[position] = handle;
        _entries[handle].Position = position;
    }

    /// <summary>A timer that has come.</summary>
    internal readonly record struct Taken(Frame Frame, int Tag, bool IsLimit);

    private struct Entry
    {
        public TimeSpan Due;
        public long Sequence;
        public Frame? Frame;
        public int Tag;
        public bool IsLimit;

        /// <summary>Where it is in the heap; the next free entry, where it is free.</summary>
        public int Position;
    }
}
