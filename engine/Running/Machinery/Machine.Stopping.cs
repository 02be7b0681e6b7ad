using IotMqtt.Engine.Running.CriticalPath;

namespace IotMqtt.Engine.Running.Machinery;

/// <content>Halting: the one way in which what is open is told to end.</content>
internal sealed partial class Machine
{
    /// <summary>Halts a frame and all that is open within it, but for what is shielded.</summary>
    /// <param name="root">The frame.</param>
    /// <param name="halt">How.</param>
    /// <param name="cause">When, in the ideal run.</param>
    /// <param name="throughShields">Whether shields end, too.</param>
    public void Stop(Frame root, Halt halt, in Instant cause, bool throughShields = false)
    {
        var depth = _walk.Count;
        _walk.Push(root);
        while (_walk.Count > depth)
        {
            var frame = _walk.Pop();
            if (frame.HasEnded || (frame.IsShield && !throughShields && frame != root))
            {
                continue;
            }

            var isNew = frame.Halt < halt;
            if (isNew)
            {
                frame.Halt = halt;
                frame.HaltedAt = Instant.Max(frame.HaltedAt, cause);
            }

            for (var child = frame.LastChild; child is not null; child = child.PreviousSibling)
            {
                _walk.Push(child);
            }

            if (isNew || throughShields)
            {
                frame.Halted(this);
            }
        }
    }

    /// <summary>Halts all that is open within a frame.</summary>
    public void StopWithin(Frame frame, Halt halt, in Instant cause)
    {
        for (var child = frame.FirstChild; child is not null; child = child.NextSibling)
        {
            if (!child.IsShield)
            {
                Stop(child, halt, cause);
            }
        }
    }
}
