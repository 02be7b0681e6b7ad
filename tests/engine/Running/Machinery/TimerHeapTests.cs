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
        Scope = new ProgramScope(new ProgramContext(ValueMap.Empty, [], TimeSpan.Zero)),
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
        while (heap.Next is { } next && heap.TryTake(next, out var frame, out var tag, out _))
        {
            Assert.Same(Owner, frame);
            taken.Add(((int)next.TotalSeconds, tag));
        }

        Assert.Equal(expected.OrderBy(timer => timer.Due).ThenBy(timer => timer.Tag), taken);
    });

    [Fact]
    public void A_timer_does_not_come_before_its_time()
    {
        var heap = new TimerHeap();
        heap.Set(TimeSpan.FromSeconds(2), Owner, 7);

        Assert.False(heap.TryTake(TimeSpan.FromSeconds(1), out _, out _, out _));
        Assert.True(heap.TryTake(TimeSpan.FromSeconds(2), out _, out var tag, out _));
        Assert.Equal(7, tag);
        Assert.Null(heap.Next);
    }
}
