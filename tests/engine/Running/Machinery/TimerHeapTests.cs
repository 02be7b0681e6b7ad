using CsCheck;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Engine.Running.Nodes;
using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Tests.Running.Machinery;

public sealed class TimerHeapTests
{
    private static readonly Frame Owner = new DelayFrame(new DelayNode(DurationTemplate.Of(TimeSpan.Zero)))
    {
        Scope = new ProgramScope(new ProgramContext(ValueMap.Empty, new StepIdIndex(new SequenceNode([])), TimeSpan.Zero)),
    };

    [Fact]
    public void Timers_come_in_the_order_of_their_times_whatever_was_cancelled() => Gen.Select(Gen.Int[0, 20], Gen.Bool).List[0, 60].Sample(script =>
    {
        var heap = new TimerHeap();
        var expected = new List<(int Due, int Tag)>();
        for (var tag = 0; tag < script.Count; tag++)
        {
            var handle = heap.Set(TimeSpan.FromSeconds(script[tag].Item1), Owner, tag);
            Assert.NotEqual(0, handle);
            if (script[tag].Item2)
            {
                heap.Cancel(ref handle);
                Assert.Equal(0, handle);
            }
            else
            {
                expected.Add((script[tag].Item1, tag));
            }
        }

        var taken = new List<(int, int)>();
        while (heap.Next is { } next && heap.TryTake(next, heap.Last, limits: true, out var timer))
        {
            Assert.Same(Owner, timer.Frame);
            taken.Add(((int)next.TotalSeconds, timer.Tag));
        }

        Assert.Equal(expected.OrderBy(timer => timer.Due).ThenBy(timer => timer.Tag), taken);
    });

    [Fact]
    public void A_timer_does_not_come_before_its_time()
    {
        var heap = new TimerHeap();
        heap.Set(TimeSpan.FromSeconds(2), Owner, 7);

        Assert.False(heap.TryTake(TimeSpan.FromSeconds(1), heap.Last, limits: true, out _));
        Assert.True(heap.TryTake(TimeSpan.FromSeconds(2), heap.Last, limits: true, out var timer));
        Assert.Equal(7, timer.Tag);
        Assert.Null(heap.Next);
    }

    [Fact]
    public void Of_timers_at_one_moment_a_limit_comes_last()
    {
        var heap = new TimerHeap();
        heap.Set(TimeSpan.FromSeconds(1), Owner, 1, isLimit: true);
        heap.Set(TimeSpan.FromSeconds(1), Owner, 2);
        var last = heap.Last;
        heap.Set(TimeSpan.FromSeconds(1), Owner, 3);

        Assert.True(heap.TryTake(TimeSpan.FromSeconds(1), last, limits: true, out var timer));
        Assert.Equal(2, timer.Tag);
        Assert.False(heap.TryTake(TimeSpan.FromSeconds(1), last, limits: true, out _), "what was set later waits for its turn");
        Assert.True(heap.TryTake(TimeSpan.FromSeconds(1), heap.Last, limits: false, out timer));
        Assert.Equal(3, timer.Tag);
        Assert.False(heap.TryTake(TimeSpan.FromSeconds(1), heap.Last, limits: false, out _));
        Assert.True(heap.TryTake(TimeSpan.FromSeconds(1), heap.Last, limits: true, out timer));
        Assert.Equal(1, timer.Tag);
    }
}
