using System.Collections.Immutable;
using IotMqtt.Engine.Programs;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>Where the batches of an <c>each</c> end: cumulative, rounded up; what the last leaves is one more.</summary>
internal static class Batches
{
    /// <summary>The index after each batch's last device. Batches that would add nothing are left out.</summary>
    public static ImmutableArray<int> Of(ImmutableArray<BatchSize> sizes, int all)
    {
        var ends = ImmutableArray.CreateBuilder<int>();
        var last = 0;
        foreach (var size in sizes)
        {
            var end = Math.Min(size.RoundedUp(all), all);
            if (end > last)
            {
                ends.Add(end);
                last = end;
            }
        }

        if (last < all)
        {
            ends.Add(all);
        }

        return ends.ToImmutable();
    }
}
