using CsCheck;
using IotMqtt.Protocol.Links;
using Microsoft.Extensions.Time.Testing;

namespace IotMqtt.Protocol.Tests.Links;

public sealed class SendWindowTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Wire _wire = new();

    [Fact]
    public void No_more_are_under_way_than_the_window_holds()
    {
        var window = Window(limit: 3);

        Post(window, 0, 5);
        Assert.Equal([0, 1, 2], _wire.Sent);

        window.Release();
        Assert.Equal([0, 1, 2, 3], _wire.Sent);
    }

    [Fact]
    public void What_the_queue_cannot_hold_is_not_sent()
    {
        var window = Window(limit: 1, queueLimit: 2);

        Post(window, 0, 4);

        Assert.Equal([0], _wire.Sent);
        Assert.Equal([3], _wire.Refused);
    }

    [Fact]
    public void What_is_withdrawn_leaves_its_slot_to_the_next()
    {
        _wire.Withdrawn.Add(1);
        var window = Window(limit: 1);

        Post(window, 0, 3);
        window.Release();

        Assert.Equal([0, 2], _wire.Sent);
    }

    [Fact]
    public void After_the_end_nothing_is_sent_and_nothing_is_forgotten()
    {
        var window = Window(limit: 1);
        Post(window, 0, 3);

        window.Close();
        Post(window, 3, 1);
        window.Release();

        Assert.Equal([0], _wire.Sent);
        Assert.Equal([1, 2, 3], _wire.Refused);
    }

    [Fact]
    public void An_answer_within_the_sending_keeps_the_order()
    {
        var window = Window(limit: 1);
        _wire.OnSent = _ => window.Release();

        Post(window, 0, 1_000);

        Assert.Equal(Enumerable.Range(0, 1_000).Select(token => (long)token), _wire.Sent);
    }

    [Fact]
    public void It_is_stalled_while_nothing_is_answered()
    {
        var window = Window(limit: 2);
        Assert.Equal(TimeSpan.Zero, window.Stalled);

        Post(window, 0, 1);
        _time.Advance(TimeSpan.FromSeconds(3));
        Post(window, 1, 1);
        Assert.Equal(TimeSpan.FromSeconds(3), window.Stalled);

        window.Release();
        Assert.Equal(TimeSpan.Zero, window.Stalled);
        window.Release();
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.Zero, window.Stalled);
    }

    [Fact]
    public void In_any_order_of_posts_and_answers_the_bound_and_the_order_hold() =>
        Gen.Select(Gen.Int[1, 5], Gen.Bool.Array[0, 100]).Sample((limit, posts) =>
        {
            var wire = new Wire();
            var window = new SendWindow(limit, int.MaxValue, wire, _time);
            var answered = 0;
            var posted = 0;
            foreach (var isPost in posts)
            {
                if (isPost)
                {
                    window.Post(Publish(posted++));
                }
                else if (answered < wire.Sent.Count)
                {
                    answered++;
                    window.Release();
                }

                Assert.Equal(Math.Min(posted, answered + limit), wire.Sent.Count);
            }

            Assert.Equal(wire.Sent.Order(), wire.Sent);
        });

    [Fact]
    public async Task From_many_threads_everything_goes_out_once_and_each_thread_keeps_its_order()
    {
        const int Threads = 4;
        const int Each = 5_000;
        var window = Window(limit: 8, queueLimit: int.MaxValue);
        var underWay = 0;
        var most = 0;
        _wire.OnSent = _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref underWay));
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    Interlocked.Decrement(ref underWay);
                    window.Release();
                },
                null);
        };

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(
            () => Post(window, thread * Each, Each), TestContext.Current.CancellationToken)));
        await Testing.Eventually.Async("all is sent", () => _wire.Count == Threads * Each, TestContext.Current.CancellationToken);

        Assert.Equal(Threads * Each, _wire.Sent.Distinct().Count());
        Assert.InRange(most, 1, 8);
        foreach (var ofOne in _wire.Sent.GroupBy(token => token / Each))
        {
            Assert.Equal(ofOne.Order(), ofOne);
        }
    }

    private static PendingPublish Publish(long token) => new(new OutgoingMessage { Topic = "t" }, null, token);

    private static void Post(SendWindow window, int first, int count)
    {
        for (var token = first; token < first + count; token++)
        {
            window.Post(Publish(token));
        }
    }

    private SendWindow Window(int limit, int queueLimit = 100) => new(limit, queueLimit, _wire, _time);

    private sealed class Wire : IWindowTransport
    {
        private int _count;

        public List<long> Sent { get; } = [];

        public List<long> Refused { get; } = [];

        public HashSet<long> Withdrawn { get; } = [];

        public Action<long>? OnSent { get; set; }

        public int Count => Volatile.Read(ref _count);

        public bool Transmit(in PendingPublish publish)
        {
            if (Withdrawn.Contains(publish.Token))
            {
                return false;
            }

            // Without a lock on purpose: the window sends one at a time.
            Sent.Add(publish.Token);
            Volatile.Write(ref _count, Sent.Count);
            OnSent?.Invoke(publish.Token);
            return true;
        }

        public void NotSent(in PendingPublish publish) => Refused.Add(publish.Token);
    }
}
