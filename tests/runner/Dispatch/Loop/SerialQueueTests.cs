using IotMqtt.Runner.Dispatch.Loop;
using IotMqtt.Testing;

namespace IotMqtt.Runner.Tests.Dispatch.Loop;

public sealed class SerialQueueTests
{
    [Fact]
    public void An_item_is_handled_on_the_thread_that_posts_it_to_an_idle_queue()
    {
        var thread = 0;
        var queue = Queue<int>(_ => thread = Environment.CurrentManagedThreadId);

        queue.Post(1);

        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public void What_a_handler_posts_is_handled_after_it_and_not_within()
    {
        var seen = new List<string>();
        SerialQueue<int> queue = null!;
        queue = Queue<int>(item =>
        {
            seen.Add($"begin {item}");
            if (item < 3)
            {
                queue.Post(item + 1);
            }

            seen.Add($"end {item}");
        });

        queue.Post(1);

        Assert.Equal(["begin 1", "end 1", "begin 2", "end 2", "begin 3", "end 3"], seen);
    }

    [Fact]
    public async Task Items_of_many_threads_are_handled_one_at_a_time_and_those_of_a_thread_in_their_order()
    {
        const int Threads = 4;
        const int Each = 5_000;
        var inside = 0;
        var worst = 0;
        var seen = new List<(int Thread, int Number)>();
        var queue = Queue<(int Thread, int Number)>(item =>
        {
            worst = Math.Max(worst, Interlocked.Increment(ref inside));
            seen.Add(item);
            Interlocked.Decrement(ref inside);
        });

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var number = 0; number < Each; number++)
            {
                queue.Post((thread, number));
            }
        })));
        await Eventually.Async("all items are handled", () => Volatile.Read(ref inside) == 0 && seen.Count == Threads * Each, TestContext.Current.CancellationToken);

        Assert.Equal(1, worst);
        foreach (var thread in seen.GroupBy(item => item.Thread))
        {
            Assert.Equal(Enumerable.Range(0, Each), thread.Select(item => item.Number));
        }
    }

    [Fact]
    public void A_handler_that_throws_is_told_of_and_strands_nothing()
    {
        var seen = new List<int>();
        Exception? told = null;
        SerialQueue<int> queue = null!;
        queue = new SerialQueue<int>(
            item =>
            {
                if (item == 1)
                {
                    queue.Post(2);
                    throw new InvalidOperationException("a bug");
                }

                seen.Add(item);
            },
            () => ValueTask.CompletedTask,
            exception => told = exception);

        queue.Post(1);

        Assert.Equal("a bug", told?.Message);
        Assert.Equal([2], seen);
    }

    [Fact]
    public void Nothing_is_handled_while_what_has_been_handled_is_flushed()
    {
        var seen = new List<int>();
        var flush = new TaskCompletionSource();
        var flushes = 0;
        var queue = new SerialQueue<int>(
            seen.Add,
            () => ++flushes == 1 ? new ValueTask(flush.Task) : ValueTask.CompletedTask,
            exception => Assert.Fail(exception.ToString()));

        queue.Post(1);
        queue.Post(2);
        Assert.Equal([1], seen);

        flush.SetResult();

        Assert.Equal([1, 2], seen);
        Assert.Equal(2, flushes);
    }

    private static SerialQueue<T> Queue<T>(Action<T> handle) =>
        new(handle, () => ValueTask.CompletedTask, exception => Assert.Fail(exception.ToString()));
}
