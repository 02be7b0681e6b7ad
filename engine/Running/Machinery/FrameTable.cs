namespace IotMqtt.Engine.Running.Machinery;

/// <summary>
/// The open frames of a run, by slot. Slots are used again, and a frame is dropped when it has ended: memory by what is open, not by what
/// is done.
/// </summary>
internal sealed class FrameTable
{
    private Slot[] _slots = new Slot[64];
    private int _used;
    private int _free = -1;

    /// <summary>How many frames are open.</summary>
    public int Count { get; private set; }

    public void Add(Frame frame)
    {
        var slot = _free;
        if (slot >= 0)
        {
            _free = _slots[slot].NextFree;
        }
        else
        {
            slot = _used++;
            if (slot == _slots.Length)
            {
                Array.Resize(ref _slots, slot * 2);
            }
        }

        _slots[slot].Frame = frame;
        frame.Slot = slot;
        frame.Generation = _slots[slot].Generation;
        Count++;
    }

    public void Remove(Frame frame)
    {
        ref var slot = ref _slots[frame.Slot];
        slot.Frame = null;
        slot.Generation++;
        slot.NextFree = _free;
        _free = frame.Slot;
        Count--;
    }

    /// <summary>The open frame that a ticket names, or null.</summary>
    public Frame? Find(in Ticket ticket) =>
        (uint)ticket.Slot < (uint)_used && _slots[ticket.Slot].Generation == ticket.Generation ? _slots[ticket.Slot].Frame : null;

    /// <summary>The open frames, by slot.</summary>
    public IEnumerable<Frame> All()
    {
        for (var slot = 0; slot < _used; slot++)
        {
            if (_slots[slot].Frame is { } frame)
            {
                yield return frame;
            }
        }
    }

    private struct Slot
    {
        public Frame? Frame;
        public int Generation;
        public int NextFree;
    }
}
