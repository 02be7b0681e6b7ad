namespace IotMqtt.Devices.Loops;

/// <summary>How late loops are: the longest that something was carried out after it was due. Any thread.</summary>
internal sealed class LagMeter
{
    private long _longest;

    /// <summary>Something was carried out that much after it was due.</summary>
    public void Note(TimeSpan lag)
    {
        var ticks = lag.Ticks;
        for (var known = Volatile.Read(ref _longest); ticks > known;)
        {
            var before = Interlocked.CompareExchange(ref _longest, ticks, known);
            if (before == known)
            {
                return;
            }

            known = before;
        }
    }

    /// <summary>The longest since it was last asked.</summary>
    public TimeSpan Take() => TimeSpan.FromTicks(Interlocked.Exchange(ref _longest, 0));
}
