namespace IotMqtt.Engine.Running.CriticalPath;

/// <summary>A moment of the ideal run, in which only devices, delays and waits take time, and the step that decided it.</summary>
/// <param name="Time">Since the run began.</param>
/// <param name="Step">The ordinal of the step whose end it is; 0: the run's beginning.</param>
internal readonly record struct Instant(TimeSpan Time, long Step)
{
    /// <summary>The later one; the first of two at once.</summary>
    public static Instant Max(in Instant first, in Instant second) => second.Time > first.Time ? second : first;

    /// <summary>What a step makes of it that takes this long. A step that takes no time decides nothing.</summary>
    public Instant After(TimeSpan duration, long step) => duration > TimeSpan.Zero ? new(Time + duration, step) : this;
}
