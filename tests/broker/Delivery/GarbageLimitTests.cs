using IotMqtt.Broker.Delivery;
using IotMqtt.Testing;

namespace IotMqtt.Broker.Tests.Delivery;

public sealed class GarbageLimitTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(32, 1)]
    public async Task Garbage_is_collected_in_proportion_to_what_is_kept(int kept, int expected)
    {
        var collections = 0;
        var limit = new GarbageLimit(() => kept * GarbageLimit.Least, () => Interlocked.Increment(ref collections));

        limit.OnReceived(GarbageLimit.Least - 1);
        Assert.Equal(0, Volatile.Read(ref collections));
        for (var i = 0; i < 3; i++)
        {
            limit.OnReceived(GarbageLimit.Least + 1);
        }

        await Eventually.Async("it collects", () => Volatile.Read(ref collections) >= expected, TestContext.Current.CancellationToken, () => collections);
        if (expected == 0)
        {
            Assert.Equal(0, collections);
        }
    }
}
