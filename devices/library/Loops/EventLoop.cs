using System.Collections.Concurrent;
using IotMqtt.Models.Expressions;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Devices.Loops;

/// <summary>
/// One thing at a time for many devices, with one timer and one evaluator for all of them. It has no thread of its own: whoever
/// posts to an idle loop runs it then and there, so that a command is answered without a hop; what others post meanwhile is done
/// by the same thread, and handed to the pool when it is much.
/// </summary>
internal sealed class EventLoop : IThreadPoolWorkItem, IDisposable
{
    private const int Batch = 64;

    // So much work in so short a time is a rush: 800 commands a second, and then what can wait does.
    private const int Rush = 16;
    private static readonly TimeSpan RushTime = TimeSpan.FromMilliseconds(20);

    // Timers count in milliseconds and may be early by the rest of one.
    private static readonly TimeSpan TimerStep = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentQueue<ILoopWork> _work = new();
    private readonly DueHeap _due = new();
    private readonly ILogger _logger;
    private readonly LagMeter _lag;
    private readonly ITimer _timer;
    private readonly TimerFired _fired;
    private readonly TimeSpan[] _recent = new TimeSpan[Rush];
    private int _oldest;
    private TimeSpan _armed = TimeSpan.MaxValue;
    private int _pending;
    private int _done;

    public EventLoop(LoopClock clock, ILogger logger, LagMeter lag)
    {
        Clock = clock;
        _logger = logger;
        _lag = lag;
        _fired = new TimerFired(this);
        Array.Fill(_recent, TimeSpan.MinValue / 2);
        _timer = clock.Provider.CreateTimer(static state => ((EventLoop)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public LoopClock Clock { get; }

    /// <summary>For what runs on this loop alone.</summary>
    public ExpressionEvaluator Evaluator { get; } = new();

    /// <summary>Has something done, in the order of the posts. Never waits for another thread.</summary>
    public void Post(ILoopWork work)
    {
        _work.Enqueue(work);
        if (Interlocked.Increment(ref _pending) == 1)
        {
            Drain();
        }
    }

    /// <summary>Whether so much arrives that what can wait should. On the loop only.</summary>
    public bool IsBusy(TimeSpan now) => now - _recent[_oldest] < RushTime;

    /// <summary>Sets when a member is woken. On the loop only.</summary>
    public void Schedule(ILoopMember member, TimeSpan? due) => _due.Set(member, due);

    public void Dispose() => _timer.Dispose();

    void IThreadPoolWorkItem.Execute() => Settle();

    // What is done counts as pending until it is settled: the loop stays taken, and nobody else drains it.
    private void Drain()
    {
        do
        {
            _done = 0;
            while (_done < Batch && _work.TryDequeue(out var work))
            {
                Run(work);
                _done++;
            }

            WakeDue();
            Arm();
            if (_done == Batch)
            {
                // The poster has something else to do.
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }
        }
        while (Interlocked.Add(ref _pending, -_done) > 0);
    }

    private void Settle()
    {
        if (Interlocked.Add(ref _pending, -_done) > 0)
        {
            Drain();
        }
    }

    private void Run(ILoopWork work)
    {
        try
        {
            var now = Clock.Now;
            _recent[_oldest] = now;
            _oldest = (_oldest + 1) % Rush;
            work.Run(now);
        }
        catch (Exception exception)
        {
            _logger.WorkFailed(exception);
        }
    }

    private void WakeDue()
    {
        while (_due.First is { } member && Clock.Now is var now && member.Due <= now)
        {
            _lag.Note(now - member.Due);
            _due.Set(member, null);
            try
            {
                member.OnDue(now);
            }
            catch (Exception exception)
            {
                _logger.WorkFailed(exception);
            }
        }
    }

    private void Arm()
    {
        var due = _due.First?.Due ?? TimeSpan.MaxValue;
        if (due == _armed)
        {
            return;
        }

        _armed = due;
        var wait = due - Clock.Now;
        _timer.Change(
            due == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : wait <= TimeSpan.Zero ? TimeSpan.Zero : RoundUp(wait),
            Timeout.InfiniteTimeSpan);
    }

    private static TimeSpan RoundUp(TimeSpan wait)
    {
        var milliseconds = Math.Ceiling(wait / TimerStep);
        return milliseconds < int.MaxValue ? milliseconds * TimerStep : TimeSpan.FromMilliseconds(int.MaxValue);
    }

    private void OnTimer() => Post(_fired);

    /// <summary>The timer is spent; the loop looks who is due as it does after any work.</summary>
    private sealed class TimerFired(EventLoop loop) : ILoopWork
    {
        public void Run(TimeSpan now) => loop._armed = TimeSpan.MaxValue;
    }
}
