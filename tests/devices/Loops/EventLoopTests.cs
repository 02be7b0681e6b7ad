using IotMqtt.Devices.Loops;
using IotMqtt.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IotMqtt.Devices.Tests.Loops;

public sealed class EventLoopTests
{
    [Fact]
    public void Work_posted_to_an_idle_loop_is_done_at_once()
    {
        using var loop = new EventLoop(new LoopClock(new FakeTimeProvider()), NullLogger.Instance, new LagMeter());
        var done = 0;
        loop.Post(new Work(_ => done++));

        Assert.Equal(1, done);
    }

    [Fact]
    public void How_late_a_member_is_woken_is_measured()
    {
        var time = new FakeTimeProvider();
        var lag = new LagMeter();
        using var loop = new EventLoop(new LoopClock(time), NullLogger.Instance, lag);
        var member = new Member();
        loop.Post(new Work(now => loop.Schedule(member, now + TimeSpan.FromMilliseconds(10))));
        loop.Post(new Work(_ => time.Advance(TimeSpan.FromMilliseconds(350))));

        Assert.Single(member.Woken);
        Assert.Equal(TimeSpan.FromMilliseconds(340), lag.Take());
        Assert.Equal(TimeSpan.Zero, lag.Take());
    }

    [Fact]
    public void Work_posted_from_within_is_done_after_it()
    {
        using var loop = new EventLoop(new LoopClock(new FakeTimeProvider()), NullLogger.Instance, new LagMeter());
        List<int> order = [];
        loop.Post(new Work(_ =>
        {
            loop.Post(new Work(_ => order.Add(2)));
            order.Add(1);
        }));

        Assert.Equal([1, 2], order);
    }

    [Fact]
    public async Task Work_of_many_threads_is_done_one_at_a_time_each_thread_s_in_its_order()
    {
        const int Threads = 8;
        const int Each = 5000;
        using var loop = new EventLoop(new LoopClock(TimeProvider.System), NullLogger.Instance, new LagMeter());
        var last = new int[Threads];
        var inside = 0;
        var wrong = 0;
        var done = 0;
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var n = 1; n <= Each; n++)
            {
                var number = n;
                loop.Post(new Work(_ =>
                {
                    wrong += Interlocked.Increment(ref inside) == 1 && last[thread] == number - 1 ? 0 : 1;
                    last[thread] = number;
                    Interlocked.Decrement(ref inside);
                    Interlocked.Increment(ref done);
                }));
            }
        })));
        await Eventually.Async("all is done", () => Volatile.Read(ref done) == Threads * Each, TestContext.Current.CancellationToken, () => done);

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Work_that_throws_is_logged_and_the_next_is_done()
    {
        using var log = new TestLog().Expect(2010);
        using var loop = new EventLoop(new LoopClock(new FakeTimeProvider()), log.CreateLogger("loop"), new LagMeter());
        var done = 0;
        loop.Post(new Work(_ => throw new InvalidOperationException("on purpose")));
        loop.Post(new Work(_ => done++));

        Assert.Equal(1, done);
        Assert.True(log.Has(2010));
    }

    [Fact]
    public void A_member_is_woken_when_it_is_due_and_not_before()
    {
        var time = new FakeTimeProvider();
        using var loop = new EventLoop(new LoopClock(time), NullLogger.Instance, new LagMeter());
        var early = new Member();
        var late = new Member();
        loop.Post(new Work(_ =>
        {
            loop.Schedule(late, TimeSpan.FromSeconds(2));
            loop.Schedule(early, TimeSpan.FromMilliseconds(10.4));
        }));
        time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Empty(early.Woken);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([TimeSpan.FromMilliseconds(11)], early.Woken);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Single(early.Woken);
        Assert.Single(late.Woken);
    }

    [Fact]
    public void A_member_that_no_longer_wants_to_be_woken_is_not()
    {
        var time = new FakeTimeProvider();
        using var loop = new EventLoop(new LoopClock(time), NullLogger.Instance, new LagMeter());
        var member = new Member();
        loop.Post(new Work(_ => loop.Schedule(member, TimeSpan.FromSeconds(1))));
        loop.Post(new Work(_ => loop.Schedule(member, null)));
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Empty(member.Woken);
    }

    private sealed class Work(Action<TimeSpan> run) : ILoopWork
    {
        public void Run(TimeSpan now) => run(now);
    }

    private sealed class Member : ILoopMember
    {
        public List<TimeSpan> Woken { get; } = [];

        public int Place { get; set; } = -1;

        public TimeSpan Due { get; set; }

        public void OnDue(TimeSpan now) => Woken.Add(now);
    }
}
