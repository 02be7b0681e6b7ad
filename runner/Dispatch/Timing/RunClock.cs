namespace IotMqtt.Runner.Dispatch.Timing;

/// <summary>Time since a run began, from the monotonic clock of a <see cref="TimeProvider"/>.</summary>
internal sealed class RunClock
{
    private long _origin;

    public RunClock(TimeProvider time)
    {
        Time = time;
        Begin();
    }

    public TimeProvider Time { get; }

    /// <summary>The moment on the calendar at which the run began.</summary>
    public DateTimeOffset BeganAt { get; private set; }

    public TimeSpan Now => Time.GetElapsedTime(_origin);

    /// <summary>The run begins now: what was prepared before is not counted. To be called before anything is stamped.</summary>
    public void Begin()
    {
        _origin = Time.GetTimestamp();
        BeganAt = Time.GetUtcNow();
    }

    /// <summary>When a time stamp of the same provider was taken; never before the run began.</summary>
    public TimeSpan At(long timestamp)
    {
        var elapsed = Time.GetElapsedTime(_origin, timestamp);
        return elapsed < TimeSpan.Zero ? TimeSpan.Zero : elapsed;
    }
}
