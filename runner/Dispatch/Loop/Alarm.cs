using IotMqtt.Runner.Dispatch.Timing;

namespace IotMqtt.Runner.Dispatch.Loop;

/// <summary>The one timer of a run. It never rings early: what is due at a moment is due once the run's clock shows it.</summary>
internal sealed class Alarm : IDisposable
{
    private readonly RunClock _clock;
    private readonly ITimer _timer;
    private TimeSpan? _at;

    /// <param name="clock">The clock of the run.</param>
    /// <param name="ring">Called on a thread of the timer's; to ask <see cref="IsDue"/> from where the run is handled.</param>
    public Alarm(RunClock clock, Action ring)
    {
        _clock = clock;
        _timer = clock.Time.CreateTimer(static state => ((Action)state!)(), ring, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How late it was looked at, the last time that it was due.</summary>
    public TimeSpan Lag { get; private set; }

    /// <summary>Sets it, in place of what it was set to before.</summary>
    public void Set(TimeSpan at)
    {
        _at = at;
        Arm(at);
    }

    /// <summary>Whether the time has come; if it was early, it rings again.</summary>
    public bool IsDue()
    {
        if (_at is not { } at)
        {
            return false;
        }

        if (_clock.Now < at)
        {
            Arm(at);
            return false;
        }

        _at = null;
        Lag = _clock.Now - at;
        return true;
    }

    public void Dispose() => _timer.Dispose();

    private void Arm(TimeSpan at)
    {
        // Timers count whole milliseconds, rounded down.
        var left = Math.Clamp(Math.Ceiling((at - _clock.Now).TotalMilliseconds), 0, uint.MaxValue - 1d);
        _timer.Change(TimeSpan.FromMilliseconds(left), Timeout.InfiniteTimeSpan);
    }
}
