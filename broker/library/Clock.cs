namespace IotMqtt.Broker;

/// <summary>Milliseconds since the broker started, from the clock it was given.</summary>
internal sealed class Clock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public TimeProvider Time { get; } = time;

    public long Now => (long)Time.GetElapsedTime(_start).TotalMilliseconds;
}
