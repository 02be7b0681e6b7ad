using IotMqtt.Devices.Loops;
using IotMqtt.Models.Chance;

namespace IotMqtt.Devices.Tests.Loops;

public sealed class DueHeapTests
{
    [Fact]
    public void The_first_is_always_the_earliest_whatever_is_set_moved_and_removed()
    {
        var chance = new SeededChance(7);
        var members = Enumerable.Range(0, 50).Select(_ => new Member()).ToArray();
        var expected = new Dictionary<Member, TimeSpan>();
        var heap = new DueHeap();
        for (var step = 0; step < 20_000; step++)
        {
            var member = members[(int)(chance.NextUInt64() % 50)];
            if (chance.Happens(0.3))
            {
                heap.Set(member, null);
                expected.Remove(member);
            }
            else
            {
                var due = TimeSpan.FromTicks((long)(chance.NextUInt64() % 40));
                heap.Set(member, due);
                expected[member] = due;
            }

            Assert.Equal(expected.Count == 0, heap.First is null);
            Assert.True(heap.First is null || heap.First.Due == expected.Values.Min());
            Assert.All(members, each => Assert.Equal(expected.ContainsKey(each), each.Place >= 0));
        }
    }

    private sealed class Member : ILoopMember
    {
        public int Place { get; set; } = -1;

        public TimeSpan Due { get; set; }

        public void OnDue(TimeSpan now)
        {
        }
    }
}
