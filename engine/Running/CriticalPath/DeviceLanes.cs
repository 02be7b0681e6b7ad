namespace IotMqtt.Engine.Running.CriticalPath;

/// <summary>
/// A device's queue in the ideal run: as many lanes as it carries out commands at a time. Commands take the lanes in the order of their
/// arrival, as they do in the device (DESIGN section 4, rule 5), so each knows when, ideally, its lane had become free.
/// </summary>
internal sealed class DeviceLanes(int concurrency)
{
    private readonly List<Instant> _free = [];
    private int _busy;
    private Queue<LaneTicket>? _waiting;

    /// <summary>A command has arrived.</summary>
    public void Arrive(LaneTicket command)
    {
        if (_busy < concurrency)
        {
            _busy++;
            command.Take(TakeEarliest());
        }
        else
        {
            (_waiting ??= new()).Enqueue(command);
        }
    }

    /// <summary>A command has ended.</summary>
    /// <param name="command">Which.</param>
    /// <param name="end">When, ideally, its lane is free again; what it found there, where it was not carried out.</param>
    public void Leave(LaneTicket command, in Instant end)
    {
        var wasBusy = command.IsTaken && !command.HasLeft;
        command.Leave();
        if (!wasBusy)
        {
            return;
        }

        while (_waiting is not null && _waiting.TryDequeue(out var next))
        {
            if (!next.HasLeft)
            {
                next.Take(end);
                return;
            }
        }

        _busy--;
        _free.Add(end);
    }

    private Instant TakeEarliest()
    {
        if (_free.Count == 0)
        {
            return default;
        }

        // A lane that was never used is free since the beginning: it is not in the list.
        if (_busy + _free.Count <= concurrency)
        {
            return default;
        }

        var earliest = 0;
        for (var lane = 1; lane < _free.Count; lane++)
        {
            if (_free[lane].Time < _free[earliest].Time)
            {
                earliest = lane;
            }
        }

        var taken = _free[earliest];
        _free[earliest] = _free[^1];
        _free.RemoveAt(_free.Count - 1);
        return taken;
    }
}

/// <summary>A command's place in the ideal queue of its device.</summary>
internal sealed class LaneTicket
{
    /// <summary>When, ideally, its lane had become free.</summary>
    public Instant Free { get; private set; }

    public bool IsTaken { get; private set; }

    public bool HasLeft { get; private set; }

    public void Take(in Instant free)
    {
        Free = free;
        IsTaken = true;
    }

    public void Leave() => HasLeft = true;
}
