namespace IotMqtt.Devices.Loops;

/// <summary>The time of a fleet: what has passed since it began, which no change of the calendar disturbs.</summary>
internal sealed class LoopClock(TimeProvider time)
{
    private readonly long _origin = time.GetTimestamp();

    public TimeProvider Provider { get; } = time;

    /// <summary>The calendar at the beginning.</summary>
    public DateTimeOffset Start { get; } = time.GetUtcNow();

    public TimeSpan Now => Provider.GetElapsedTime(_origin);

    public TimeSpan At(long timestamp) => Provider.GetElapsedTime(_origin, timestamp);

    /// <summary>A moment of the fleet by the calendar.</summary>
    public DateTimeOffset Calendar(TimeSpan moment) => Start + moment;
}
