using CsCheck;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Nodes;

namespace IotMqtt.Engine.Tests.Running.Nodes;

public sealed class BatchesTests
{
    [Fact]
    public void Batches_are_cumulative_and_rounded_up() => Assert.Equal(
        [1, 20, 200],
        Batches.Of([new BatchSize(1, null), new BatchSize(null, 10), new BatchSize(null, 100)], 200));

    [Fact]
    public void Batches_grow_and_end_with_the_last_device() => Gen.Select(Gen.Double[0, 100].List[0, 5], Gen.Int[0, 50]).Sample((percents, all) =>
    {
        var ends = Batches.Of([.. percents.Select(percent => new BatchSize(null, percent))], all);

        Assert.Equal(ends.Distinct().Order(), ends);
        Assert.Equal(all, ends.IsEmpty ? 0 : ends[^1]);
    });
}
